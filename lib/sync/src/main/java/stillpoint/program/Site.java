package stillpoint.program;

import java.util.Set;

/// The line of Java that took a step.
///
/// @param type the class, as the virtual machine names it
/// @param file the source file, for example `StopMachineV7.java`
/// @param line from 1; 0 when unknown
public record Site(String type, String file, int line) {
    /// No line is known.
    public static final Site UNKNOWN = new Site("", "", 0);

    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final Set<Class<?>> RECORDER =
            Set.of(Cpu.class, Local.class, Ptr.class, Recorder.class, Recording.class, Site.class, Val.class);

    /// The nearest caller outside the recorder.
    static Site ofCaller() {
        return WALKER.walk(frames -> frames.filter(
                        f -> !RECORDER.contains(f.getDeclaringClass().getNestHost()))
                .findFirst()
                .map(f -> new Site(
                        f.getClassName(), f.getFileName() == null ? "" : f.getFileName(), f.getLineNumber()))
                .orElse(UNKNOWN));
    }

    @Override
    public String toString() {
        return line <= 0 ? "" : file.isEmpty() || file.equals("REPL.java") ? type + ":" + line : file + ":" + line;
    }
}
