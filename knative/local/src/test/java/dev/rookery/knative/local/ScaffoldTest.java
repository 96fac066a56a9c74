package dev.rookery.knative.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.knative.local.manifest.Manifests;
import dev.rookery.knative.local.manifest.Source;
import dev.rookery.knative.local.manifest.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// On a copy of what the project says of its functions.
class ScaffoldTest {

    private static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();

    @TempDir
    Path home;

    @BeforeEach
    void copy() throws IOException {
        copy("pom.xml");
        copy("knative/base");
        copy("knative/overlays/local");
        copy("functions/wallet/src/main/resources/catalog");
        copy("functions/rounds/src/main/resources/catalog");
    }

    @Test
    void whatIsMadeIsReadAsTheOtherFunctionsAre() {
        new Scaffold(home).make("tally");

        var manifests = Manifests.read(home.resolve("knative/overlays/local"));
        assertThat(manifests.workloads()).extracting(Workload::name).contains("tally", "wallet", "rounds");
        assertThat(manifests.sources())
                .filteredOn(source -> source.service().equals("tally"))
                .extracting(Source::name)
                .containsExactly("tally-commands", "tally-given-up", "tally-queries");
        assertThat(manifests.configMaps().get("rookery-catalog")).containsKey("tally.json");
    }

    @Test
    void theCommandKnowsIt() {
        assertThat(new CommandLine(Rookery.class).getSubcommands())
                .hasEntrySatisfying(
                        "new", made -> assertThat(made.getSubcommands()).containsKey("function"));
    }

    @Test
    void nothingOfTheTemplateIsLeft() throws IOException {
        for (var path : new Scaffold(home).make("tally")) {
            assertThat(Files.readString(home.resolve(path))).doesNotContain("@name@", "@Name@");
        }
    }

    @Test
    void itStartsUnderItsOwnName() throws IOException {
        new Scaffold(home).make("tally");

        assertThat(Files.readString(home.resolve("functions/tally/src/main/resources/application.yaml")))
                .contains("function: tally\n");
    }

    /// It runs with a role that owns nothing.
    @Test
    void itsRoleMayWriteItsTable() throws IOException {
        new Scaffold(home).make("tally");

        assertThat(Files.readString(home.resolve("functions/tally/src/main/resources/db/migration/V1__total.sql")))
                .contains("grant select, insert, update on total to ${flyway:defaultSchema};");
    }

    @Test
    void theBuildKnowsIt() throws IOException {
        new Scaffold(home).make("tally");

        assertThat(Files.readString(home.resolve("pom.xml"))).contains("<module>functions/tally</module>");
    }

    @Test
    void aNameThatIsTakenIsRefusedAndNothingIsChanged() throws IOException {
        var before = Files.readString(home.resolve("pom.xml"));

        assertThatThrownBy(() -> new Scaffold(home).make("wallet"))
                .hasMessageStartingWith("name: wallet is taken (expected: ");
        assertThat(Files.readString(home.resolve("pom.xml"))).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t", "Tally", "tally-1", "1tally", "../tally", "tally tally"})
    void whatIsNoNameIsRefused(String name) {
        assertThatThrownBy(() -> new Scaffold(home).make(name))
                .hasMessageStartingWith("name: " + name + " (expected: ");
    }

    private void copy(String what) throws IOException {
        try (var all = Files.walk(PROJECT.resolve(what))) {
            for (var each : all.filter(Files::isRegularFile).toList()) {
                var to = home.resolve(PROJECT.relativize(each).toString());
                Files.createDirectories(to.getParent());
                Files.copy(each, to);
            }
        }
    }
}
