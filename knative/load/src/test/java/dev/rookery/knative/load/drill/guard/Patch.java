package dev.rookery.knative.load.drill.guard;

import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Optional;

/// A change of one class.
sealed interface Patch {

    /// The class's internal name.
    String owner();

    ClassTransform transform();

    /// A method does nothing and returns what stands for nothing of its type: false, 0, an empty `Optional`,
    /// null.
    record DoesNothing(String owner, String method, String parameters) implements Patch {

        @Override
        public ClassTransform transform() {
            return ClassTransform.transformingMethods(
                    found -> isMeant(found, method) && types(found).equals(parameters), returning(Patch::pushNothing));
        }
    }

    /// A method returns a text, or true, whatever it would have returned.
    record Returns(String owner, String method, Object value) implements Patch {

        @Override
        public ClassTransform transform() {
            return ClassTransform.transformingMethods(found -> isMeant(found, method), returning((code, _) -> {
                if (value instanceof String text) {
                    code.loadConstant(text);
                } else {
                    code.loadConstant(Boolean.TRUE.equals(value) ? 1 : 0);
                }
            }));
        }
    }

    /// A constant text of the class is another one.
    record Says(String owner, String from, String to) implements Patch {

        @Override
        public ClassTransform transform() {
            CodeTransform others = (code, element) -> {
                if (element instanceof ConstantInstruction constant
                        && constant.constantValue() instanceof String text
                        && text.contains(from)) {
                    code.loadConstant(text.replace(from, to));
                } else {
                    code.with(element);
                }
            };
            return ClassTransform.transformingMethodBodies(others);
        }
    }

    /// A method returns a text in which something is replaced.
    record ReturnsReplaced(String owner, String method, String from, String to) implements Patch {

        @Override
        public ClassTransform transform() {
            var text = ClassDesc.of("java.lang.CharSequence");
            CodeTransform replacing = (code, element) -> {
                if (element instanceof ReturnInstruction) {
                    code.loadConstant(from)
                            .loadConstant(to)
                            .invokevirtual(
                                    ConstantDescs.CD_String,
                                    "replace",
                                    MethodTypeDesc.of(ConstantDescs.CD_String, text, text));
                }
                code.with(element);
            };
            return ClassTransform.transformingMethodBodies(found -> isMeant(found, method), replacing);
        }
    }

    /// A method calls another one, and now does not: what that one would have returned is false, null, or of a
    /// long the largest.
    record DoesNotCall(String owner, String method, String called) implements Patch {

        @Override
        public ClassTransform transform() {
            CodeTransform skipping = (code, element) -> {
                if (element instanceof InvokeInstruction call && call.name().equalsString(called)) {
                    skip(code, call);
                } else {
                    code.with(element);
                }
            };
            return ClassTransform.transformingMethodBodies(found -> isMeant(found, method), skipping);
        }

        private static void skip(CodeBuilder code, InvokeInstruction call) {
            var type = call.typeSymbol();
            for (var parameter : type.parameterList().reversed()) {
                if (TypeKind.from(parameter).slotSize() == 2) {
                    code.pop2();
                } else {
                    code.pop();
                }
            }
            if (call.opcode() != Opcode.INVOKESTATIC) {
                code.pop();
            }
            switch (TypeKind.from(type.returnType())) {
                case VOID -> {}
                case LONG -> code.loadConstant(Long.MAX_VALUE);
                case REFERENCE -> code.aconst_null();
                default -> code.iconst_0();
            }
        }
    }

    private static boolean isMeant(MethodModel found, String method) {
        return found.methodName().equalsString(method);
    }

    /// Such as `Instant` or `String,long`.
    private static String types(MethodModel found) {
        return String.join(
                ",",
                found.methodTypeSymbol().parameterList().stream()
                        .map(ClassDesc::displayName)
                        .toList());
    }

    private static MethodTransform returning(Pushing pushing) {
        return (method, element) -> {
            if (element instanceof CodeModel body) {
                var type = body.parent().orElseThrow().methodTypeSymbol().returnType();
                method.withCode(code -> {
                    pushing.push(code, type);
                    code.return_(TypeKind.from(type));
                });
            } else {
                method.with(element);
            }
        };
    }

    private static void pushNothing(CodeBuilder code, ClassDesc type) {
        var optional = ClassDesc.of(Optional.class.getName());
        if (type.equals(optional)) {
            code.invokestatic(optional, "empty", MethodTypeDesc.of(optional));
            return;
        }
        switch (TypeKind.from(type)) {
            case VOID -> {}
            case REFERENCE -> code.aconst_null();
            case LONG -> code.lconst_0();
            default -> code.iconst_0();
        }
    }

    /// What a method returns, onto the stack.
    interface Pushing {
        void push(CodeBuilder code, ClassDesc type);
    }
}
