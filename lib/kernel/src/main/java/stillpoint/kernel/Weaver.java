package stillpoint.kernel;

import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/// Changes a class of a cell on its way into the virtual machine, in one pass:
///
/// - it looks whether to stop ([Checkpoint]) at the start of each method and before each jump back,
///   so that `while (true) {}` can be interrupted (the JDK has had no `Thread.stop` since version
///   20, and its own `LocalExecutionControl` does the same since);
/// - a call of `System.exit` and its like, or a reference to it, becomes a [Refusal];
/// - lines and file are those of the cell, so that every stack trace, and whoever walks the stack,
///   names them.
final class Weaver {
    private static final ClassDesc CHECKPOINT = ClassDesc.of(Checkpoint.class.getName());
    private static final ClassDesc REFUSAL = ClassDesc.of(Refusal.class.getName());
    private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");
    private static final MethodTypeDesc STATUS =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
    private static final MethodTypeDesc ON_RUNTIME =
            MethodTypeDesc.of(ConstantDescs.CD_void, RUNTIME, ConstantDescs.CD_int);

    private final ClassFile classFile;

    Weaver(ClassHierarchyResolver hierarchy) {
        this.classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    }

    /// @param file what stands for the source file in stack traces
    /// @param lines from the line that the compiler saw to the line of the cell
    byte[] weave(byte[] bytes, String file, IntUnaryOperator lines) {
        ClassTransform source =
                (builder, element) -> {
                    ClassElement kept =
                            element instanceof SourceFileAttribute
                                    ? SourceFileAttribute.of(file)
                                    : element;
                    builder.with(kept);
                };
        ClassTransform code =
                ClassTransform.transformingMethodBodies(
                        CodeTransform.ofStateful(() -> new Method(lines)));
        return classFile.transformClass(classFile.parse(bytes), source.andThen(code));
    }

    /// One method body.
    private static final class Method implements CodeTransform {
        private final Set<Label> behind = new HashSet<>();
        private final IntUnaryOperator lines;
        private boolean entered;

        Method(IntUnaryOperator lines) {
            this.lines = lines;
        }

        /// Behind the first line number, so that a stack that overflows there has a line.
        private void enter(CodeBuilder builder) {
            if (!entered) look(builder);
            entered = true;
        }

        private static void look(CodeBuilder builder) {
            builder.invokestatic(CHECKPOINT, "pass", ConstantDescs.MTD_void);
        }

        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
            if (element instanceof Instruction) enter(builder);
            switch (element) {
                case LineNumber line -> {
                    builder.with(LineNumber.of(lines.applyAsInt(line.line())));
                    enter(builder);
                }
                case LabelTarget target -> {
                    behind.add(target.label());
                    builder.with(target);
                }
                case BranchInstruction jump when behind.contains(jump.target()) -> {
                    look(builder);
                    builder.with(jump);
                }
                case InvokeInstruction call
                        when ends(
                                call.owner().asInternalName(),
                                call.name().stringValue(),
                                call.type().stringValue()) ->
                        builder.invokestatic(
                                REFUSAL,
                                call.name().stringValue(),
                                call.opcode() == Opcode.INVOKESTATIC ? STATUS : ON_RUNTIME);
                case InvokeDynamicInstruction call
                        when call.bootstrapArgs().stream()
                                .anyMatch(argument -> refused(argument).isPresent()) ->
                        builder.invokedynamic(
                                DynamicCallSiteDesc.of(
                                        call.bootstrapMethod(),
                                        call.name().stringValue(),
                                        call.typeSymbol(),
                                        call.bootstrapArgs().stream()
                                                .map(argument -> refused(argument).orElse(argument))
                                                .toArray(ConstantDesc[]::new)));
                default -> builder.with(element);
            }
        }

        private static boolean ends(String owner, String name, String type) {
            return type.equals("(I)V")
                    && switch (owner) {
                        case "java/lang/System" -> name.equals("exit");
                        case "java/lang/Runtime" -> name.equals("exit") || name.equals("halt");
                        default -> false;
                    };
        }

        /// What a method reference refers to instead; empty if it may stay.
        private static Optional<ConstantDesc> refused(ConstantDesc argument) {
            if (!(argument instanceof DirectMethodHandleDesc handle)) return Optional.empty();
            String type = handle.lookupDescriptor();
            String owner = handle.owner().descriptorString();
            if (!ends(owner.substring(1, owner.length() - 1), handle.methodName(), type))
                return Optional.empty();
            boolean isStatic =
                    handle.refKind() == java.lang.invoke.MethodHandleInfo.REF_invokeStatic;
            return Optional.of(
                    MethodHandleDesc.ofMethod(
                            DirectMethodHandleDesc.Kind.STATIC,
                            REFUSAL,
                            handle.methodName(),
                            isStatic ? STATUS : ON_RUNTIME));
        }
    }
}
