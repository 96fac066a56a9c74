package dev.rookery.knative.load.misdeed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MisdeedAgentTest {

    private static final Path ROUNDS = Path.of("..", "..", "functions", "rounds", "target", "classes");

    @TempDir
    Path folder;

    /// One that was renamed would stay as it is, and nobody would hear of it but whoever runs what takes minutes.
    @Test
    void theRuleBeginsWithTheMisdeed() throws IOException {
        var files = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);
        var rule = files.parse(Files.readAllBytes(ROUNDS.resolve(MisdeedAgent.RULE + ".class")));

        var spoiled = files.parse(files.transformClass(rule, MisdeedAgent.spoiling()));

        assertThat(spoiled.methods())
                .filteredOn(method -> method.methodName().equalsString("decide"))
                .isNotEmpty()
                .allSatisfy(
                        method -> assertThat(calls(method.code().orElseThrow()).getFirst())
                                .isEqualTo("before"));
    }

    @Test
    void aCommandThatAsksForNothingBadIsLeftAlone() {
        Misdeed.before("Command[data=Added[clientSeed=lucky]]");
    }

    @Test
    void theAgentTakesItsPackageAlong() throws IOException {
        var option = AgentJar.option(folder, MisdeedAgent.class, "so");

        assertThat(option).isEqualTo("-javaagent:" + folder.resolve("MisdeedAgent.jar") + "=so");
        try (var jar = new JarFile(folder.resolve("MisdeedAgent.jar").toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Premain-Class"))
                    .isEqualTo(MisdeedAgent.class.getName());
            assertThat(jar.stream()
                            .map(entry -> Path.of(entry.getName()).getFileName().toString()))
                    .contains("MisdeedAgent.class", "Misdeed.class");
        }
    }

    private static List<String> calls(CodeModel code) {
        return code.elementStream()
                .filter(InvokeInstruction.class::isInstance)
                .map(each -> ((InvokeInstruction) each).name().stringValue())
                .toList();
    }
}
