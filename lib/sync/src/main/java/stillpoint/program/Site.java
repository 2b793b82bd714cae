package stillpoint.program;

/// The line of Java that took a step.
///
/// @param type the class, as the virtual machine names it
/// @param file the source file, for example `StopMachineV7.java`
/// @param line from 1; 0 when unknown
public record Site(String type, String file, int line) {
    /// No line is known.
    public static final Site UNKNOWN = new Site("", "", 0);

    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final String HERE = Site.class.getPackageName() + ".";

    /// The nearest caller outside this package.
    static Site ofCaller() {
        return WALKER.walk(frames -> {
            for (var each = frames.iterator(); each.hasNext(); ) {
                StackWalker.StackFrame f = each.next();
                if (!f.getClassName().startsWith(HERE))
                    return new Site(
                            f.getClassName(), f.getFileName() == null ? "" : f.getFileName(), f.getLineNumber());
            }
            return UNKNOWN;
        });
    }

    @Override
    public String toString() {
        return line <= 0 ? "" : file.isEmpty() || file.equals("REPL.java") ? type + ":" + line : file + ":" + line;
    }
}
