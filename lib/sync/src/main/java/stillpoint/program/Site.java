package stillpoint.program;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The line of Java that took a step.
///
/// @param type the class, as the virtual machine names it
/// @param file the source file, for example `StopMachineV7.java`
/// @param line from 1; 0 when unknown
public record Site(String type, String file, int line) {
    /// No line is known.
    public static final Site UNKNOWN = new Site("", "", 0);

    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final Set<String> RECORDER =
            Stream.of(
                            Cpu.class,
                            Local.class,
                            Ptr.class,
                            Recorder.class,
                            Recording.class,
                            Scribe.class,
                            Site.class,
                            Val.class,
                            Walk.class)
                    .map(Class::getName)
                    .collect(Collectors.toUnmodifiableSet());

    /// The nearest caller outside the recorder.
    static Site ofCaller() {
        return WALKER.walk(frames -> {
            for (var each = frames.iterator(); each.hasNext(); ) {
                StackWalker.StackFrame f = each.next();
                if (!RECORDER.contains(host(f.getClassName())))
                    return new Site(
                            f.getClassName(),
                            f.getFileName() == null ? "" : f.getFileName(),
                            f.getLineNumber());
            }
            return UNKNOWN;
        });
    }

    private static String host(String type) {
        int nested = type.indexOf('$');
        return nested < 0 ? type : type.substring(0, nested);
    }

    @Override
    public String toString() {
        return line <= 0
                ? ""
                : file.isEmpty() || file.equals("REPL.java")
                        ? type + ":" + line
                        : file + ":" + line;
    }
}
