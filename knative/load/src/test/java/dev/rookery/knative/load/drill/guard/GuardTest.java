package dev.rookery.knative.load.drill.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A guard that was renamed, or says something else by now, would stay where it is, and nobody would hear of it
/// but whoever runs what takes minutes.
class GuardTest {

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    @ParameterizedTest
    @EnumSource
    void everyGuardIsWhereItIsTakenOut(Guard guard) throws IOException {
        for (var patch : guard.patches()) {
            var files = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);
            var found = files.parse(Files.readAllBytes(file(patch.owner())));

            assertThat(files.transformClass(found, patch.transform()))
                    .as(patch.toString())
                    .isNotEqualTo(files.transformClass(found, unchanged()));
        }
    }

    /// Everything is written anew, and is what it was.
    private static ClassTransform unchanged() {
        return ClassTransform.transformingMethodBodies((code, element) -> code.with(element));
    }

    private static Path file(String owner) throws IOException {
        try (var modules = Files.walk(ROOT, 4)) {
            return modules.filter(each -> each.endsWith(Path.of("target", "classes")))
                    .map(classes -> classes.resolve(owner + ".class"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("class: " + owner + " is not there"));
        }
    }
}
