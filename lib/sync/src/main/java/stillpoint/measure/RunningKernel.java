package stillpoint.measure;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Map;

/// The kernel below this process, by `syscall(2)` through `java.lang.foreign`.
///
/// Needs `--enable-native-access`, which `./stillpoint` gives.
public final class RunningKernel {
    private static final String ERRNO = "errno";

    /// Of membarrier, by the JDK's name of the architecture: the kernel's `syscall` tables.
    private static final Map<String, Integer> NUMBERS =
            Map.of("amd64", 324, "aarch64", 283, "riscv64", 283, "ppc64le", 365, "s390x", 356);

    private RunningKernel() {}

    /// membarrier(2) of this machine. For one thread at a time.
    ///
    /// @throws Unavailable if this is no Linux, or its number is not known
    public static Membarrier.Call membarrier() {
        int number = number(System.getProperty("os.name"), System.getProperty("os.arch"));
        return command -> Native.call(number, command);
    }

    /// The number of membarrier(2).
    static int number(String system, String architecture) {
        if (!system.equals("Linux"))
            throw new Unavailable(
                    "os.name = "
                            + system
                            + ": membarrier(2) is a call of Linux; run this on Linux 4.3 or newer, also"
                            + " in a virtual machine, or see what is recorded in data/measured/");
        Integer number = NUMBERS.get(architecture);
        if (number == null)
            throw new Unavailable(
                    "os.arch = "
                            + architecture
                            + ": the number of membarrier(2) is known for "
                            + String.join(", ", NUMBERS.keySet().stream().sorted().toList())
                            + "; run this on one of those, or add its number to RunningKernel");
        return number;
    }

    /// Loaded on Linux only.
    private static final class Native {
        private static final StructLayout STATE = Linker.Option.captureStateLayout();
        private static final VarHandle ERRNO_OF =
                STATE.varHandle(MemoryLayout.PathElement.groupElement(ERRNO));
        private static final MemorySegment FAILURE = Arena.global().allocate(STATE);
        private static final MethodHandle SYSCALL = syscall();

        @SuppressWarnings("restricted") // the launcher enables native access for this
        private static MethodHandle syscall() {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("syscall"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG),
                    Linker.Option.firstVariadicArg(1),
                    Linker.Option.captureCallState(ERRNO));
        }

        private static long call(int number, int command) {
            try {
                long result =
                        (long) SYSCALL.invokeExact(FAILURE, (long) number, (long) command, 0L, 0L);
                return result < 0 ? -(int) ERRNO_OF.get(FAILURE, 0L) : result;
            } catch (Throwable e) {
                throw new IllegalStateException("syscall(2) throws nothing", e);
            }
        }
    }
}
