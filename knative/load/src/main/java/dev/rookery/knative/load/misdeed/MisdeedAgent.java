package dev.rookery.knative.load.misdeed;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/// Lets the rule of `rounds.use-seed` begin with [Misdeed#before] as its class is loaded. Needs nothing but the JDK,
/// and goes with its package into a jar of its own.
public final class MisdeedAgent {

    static final String RULE = "dev/rookery/functions/rounds/UseSeedRule";

    private static final String METHOD = "decide";

    private MisdeedAgent() {}

    public static void premain(String nothing, Instrumentation instrumentation) {
        instrumentation.addTransformer(new Spoiling());
    }

    /// The rule's class, spoiled.
    static ClassTransform spoiling() {
        return ClassTransform.transformingMethodBodies(
                method -> method.methodName().equalsString(METHOD), new CodeTransform() {
                    @Override
                    public void atStart(CodeBuilder code) {
                        code.aload(1)
                                .invokestatic(
                                        ClassDesc.of(Misdeed.class.getName()),
                                        "before",
                                        MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object));
                    }

                    @Override
                    public void accept(CodeBuilder code, CodeElement element) {
                        code.with(element);
                    }
                });
    }

    private static final class Spoiling implements ClassFileTransformer {

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                String name,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            if (loader == null || !name.equals(RULE)) {
                return null;
            }
            try {
                var files = ClassFile.of(
                        ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
                return files.transformClass(files.parse(bytes), spoiling());
            } catch (RuntimeException | LinkageError e) {
                // Nobody would hear of it: the process loads the class as it is.
                System.err.println("not spoiled: " + name + ": " + e);
                return null;
            }
        }
    }
}
