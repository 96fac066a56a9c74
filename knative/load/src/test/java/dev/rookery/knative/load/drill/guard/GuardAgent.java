package dev.rookery.knative.load.drill.guard;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes one guard out of a process of the platform as its classes are loaded: the code that is shipped has no
/// switches for it. Needs nothing but the JDK, and goes with its package into a jar of its own.
public final class GuardAgent {

    private GuardAgent() {}

    /// @param guard a constant of [Guard]
    public static void premain(String guard, Instrumentation instrumentation) {
        var patches = Guard.valueOf(guard).patches();
        instrumentation.addTransformer(new Patching(patches));
    }

    private record Patching(List<Patch> patches) implements ClassFileTransformer {

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                String name,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            var mine =
                    patches.stream().filter(patch -> patch.owner().equals(name)).toList();
            return mine.isEmpty() || loader == null ? null : patched(loader, bytes, mine);
        }

        private static byte @Nullable [] patched(ClassLoader loader, byte[] bytes, List<Patch> mine) {
            try {
                var files = ClassFile.of(
                        ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
                var changed = bytes;
                for (var patch : mine) {
                    changed = files.transformClass(files.parse(changed), patch.transform());
                }
                System.err.println("guard removed: " + mine);
                return changed;
            } catch (RuntimeException | LinkageError e) {
                // Nobody would hear of it: the process loads the class as it is.
                System.err.println("guard stays: " + mine + ": " + e);
                return null;
            }
        }
    }
}
