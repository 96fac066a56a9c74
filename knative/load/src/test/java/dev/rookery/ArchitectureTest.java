package dev.rookery;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The directions in which modules may know each other, over the classes of all of them.
class ArchitectureTest {

    private static final Path ROOT = Path.of("..", "..");

    /// jOOQ's, from the migrations.
    private static final DescribedPredicate<JavaClass> GENERATED =
            resideInAnyPackage("dev.rookery.eventing.delivery.tables..", "dev.rookery.functions.*.tables..");

    private static JavaClasses rookery = new ClassFileImporter().importPackages();

    @BeforeAll
    static void readEveryModule() throws IOException {
        try (var folders = Files.walk(ROOT, 4)) {
            var classes = folders.filter(folder -> folder.endsWith(Path.of("target", "classes")))
                    .toList();
            rookery = new ClassFileImporter()
                    .withImportOption(ArchitectureTest::isWritten)
                    .importPaths(classes)
                    .that(not(GENERATED));
        }
    }

    /// What the build settles of a function's beans is Spring's: in its packages, or beside the class that declares the
    /// bean with two underscores in its name.
    private static boolean isWritten(Location file) {
        return file.contains("/dev/rookery/") && !file.contains("__") && !file.contains("$$");
    }

    @Test
    void everyModuleIsLookedAt() {
        var packages = rookery.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

        assertThat(packages)
                .contains(
                        "dev.rookery.eventing.contract",
                        "dev.rookery.eventing.catalog",
                        "dev.rookery.eventing.cloudevents",
                        "dev.rookery.eventing.stream",
                        "dev.rookery.eventing.delivery",
                        "dev.rookery.gateway.session",
                        "dev.rookery.functions.games",
                        "dev.rookery.functions.ledger",
                        "dev.rookery.functions.wallet",
                        "dev.rookery.knative.backing",
                        "dev.rookery.knative.local",
                        "dev.rookery.knative.load");
    }

    @Test
    void theContractKnowsNothingButTheJdk() {
        check(classes()
                .that()
                .resideInAPackage("dev.rookery.eventing.contract..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.rookery.eventing.contract..", "java..", "org.jspecify.."));
    }

    @Test
    void eventingKnowsNobodyWhoUsesIt() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.rookery.eventing..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.rookery.gateway..", "dev.rookery.functions..", "dev.rookery.knative.."));
    }

    @Test
    void theGatewayKnowsNoFunctionAndNoRuntimeOfOne() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.rookery.gateway..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.rookery.functions..", "dev.rookery.eventing.delivery..", "dev.rookery.knative.."));
    }

    @Test
    void functionsKnowNeitherTheGatewayNorThePlatform() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.rookery.functions..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.rookery.gateway..", "dev.rookery.knative.."));
    }

    /// Games and ledger are no functions: the rules that functions play by, and the money that they move.
    @Test
    void functionsNeverKnowOneAnother() {
        check(slices().matching("dev.rookery.functions.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        resideOutsideOfPackages("dev.rookery.functions.games..", "dev.rookery.functions.ledger.."),
                        resideInAnyPackage("dev.rookery.functions.games..", "dev.rookery.functions.ledger..")));
    }

    /// No clock, no files, no network: what a round pays follows from what is handed in.
    @Test
    void theGamesArePureRules() {
        check(classes()
                .that()
                .resideInAPackage("dev.rookery.functions.games..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.rookery.functions.games..",
                        "dev.rookery.eventing.contract..",
                        "java.lang..",
                        "java.math..",
                        "java.nio",
                        "java.nio.charset..",
                        "java.security..",
                        "java.util..",
                        "javax.crypto..",
                        "org.jspecify.."));
    }

    /// But for who verifies: that has to be what functions do themselves, and is no part of what runs.
    @Test
    void thePlatformKnowsFunctionsAndGatewayOnTheWireAlone() {
        check(noClasses()
                .that(resideInAPackage("dev.rookery.knative..")
                        .and(resideOutsideOfPackages("dev.rookery.knative.load.verify")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.rookery.gateway..", "dev.rookery.functions..", "dev.rookery.eventing.delivery.."));
    }

    /// But for what operators see: how a stream lies in Redis is known in one place.
    @Test
    void thePlatformReadsNoStreams() {
        check(noClasses()
                .that(resideInAPackage("dev.rookery.knative..")
                        .and(resideOutsideOfPackages("dev.rookery.knative.local.ops")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.rookery.eventing.stream.."));
    }

    @Test
    void whoVerifiesKnowsTheRulesAndNoFunction() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.rookery.knative.load.verify")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "dev.rookery.gateway..",
                                "dev.rookery.functions..",
                                "dev.rookery.eventing.delivery..",
                                "dev.rookery.eventing.stream..")
                        .and(resideOutsideOfPackages(
                                "dev.rookery.functions.games..",
                                "dev.rookery.functions.ledger.audit",
                                "dev.rookery.functions.ledger.chain",
                                "dev.rookery.functions.ledger.seal"))));
    }

    /// It is used by a program that has none of what functions run in.
    @Test
    void theAuditReadsWithTheJdkAlone() {
        check(classes()
                .that()
                .resideInAnyPackage("dev.rookery.functions.ledger.audit", "dev.rookery.functions.ledger.chain")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.rookery.functions.ledger.audit",
                        "dev.rookery.functions.ledger.chain",
                        "dev.rookery.functions.ledger.seal",
                        "java..",
                        "org.jspecify.."));
    }

    @Test
    void theBackingServicesKnowNothingOfRookery() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.rookery.knative.backing..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.rookery..")
                        .and(resideOutsideOfPackages("dev.rookery.knative.backing.."))));
    }

    @Test
    void theProtocolKnowsNoSocketsAndNoSessions() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.rookery.gateway.protocol..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.netty..", "org.apache.kafka..", "io.lettuce..")
                        .or(resideInAPackage("dev.rookery.gateway..")
                                .and(resideOutsideOfPackages("dev.rookery.gateway.protocol..")))));
    }

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        check(slices().matching("dev.rookery.(**)").should().beFreeOfCycles());
    }

    @Test
    void nothingIsInjectedIntoFields() {
        check(noFields()
                .should()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .orShould()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
                .orShould()
                .beAnnotatedWith("jakarta.annotation.Resource"));
    }

    @Test
    void namesSayWhatThingsAre() {
        check(noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Processor)"));
    }

    @Test
    void everyPackageMarksItsNulls() {
        var unmarked = new TreeSet<String>();
        for (var each : rookery) {
            var owner = each.getPackage();
            if (!owner.isAnnotatedWith(NullMarked.class)) {
                unmarked.add(owner.getName());
            }
        }

        assertThat(unmarked).isEmpty();
    }

    private static void check(ArchRule rule) {
        rule.check(rookery);
    }
}
