package stillpoint.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/// The Java of a kernel: what its cells declared so far, and how the next one is run.
///
/// Not for two threads at once; [#interrupt] excepted. The code of cells itself runs on threads of
/// the cells.
final class Session implements AutoCloseable {
    private final CellControl control;
    private final JShell shell;
    private final SourceCodeAnalysis analysis;
    private final Map<String, String> cells = new ConcurrentHashMap<>();
    private volatile @Nullable CellRun running;

    /// Shows the value of a cell's last expression.
    interface Screen {
        void result(CellRun cell, @Nullable Object value) throws Exception;
    }

    /// @param imports what every cell sees, as import declarations
    Session(List<String> imports) {
        control = new CellControl(new CellLoader(Session.class.getClassLoader()));
        shell =
                JShell.builder()
                        .executionEngine(new InProcess(control), Map.of())
                        .compilerOptions("-Xlint:none")
                        .in(System.in)
                        .out(System.out)
                        .err(System.err)
                        .build();
        analysis = shell.sourceCodeAnalysis();
        Thread.setDefaultUncaughtExceptionHandler(this::uncaught);
        for (String each : imports)
            for (SnippetEvent event : shell.eval(each))
                if (event.status() != Status.VALID)
                    throw new IllegalStateException(each + ": not on the class path of the kernel");
    }

    /// A thread of a cell ended by an exception.
    private void uncaught(Thread thread, Throwable thrown) {
        if (thrown instanceof Checkpoint.Stopped) return;
        System.err.println(
                "Exception in thread \""
                        + thread.getName()
                        + "\" "
                        + String.join("\n", Failures.trace(thrown, cells)));
    }

    /// The engine that JShell shall use is one that exists already.
    private record InProcess(CellControl control)
            implements jdk.jshell.spi.ExecutionControlProvider {
        @Override
        public String name() {
            return "cells";
        }

        @Override
        public CellControl generate(
                jdk.jshell.spi.ExecutionEnv env, Map<String, String> parameters) {
            return control;
        }
    }

    SourceCodeAnalysis analysis() {
        return analysis;
    }

    /// What cells see without a package, the latest first.
    List<String> imports() {
        return shell.imports().map(ImportSnippet::fullname).toList().reversed();
    }

    /// Runs a cell.
    Outcome run(CellRun cell, String source, Screen screen) {
        cells.put(cell.name(), source);
        running = cell;
        cell.begin();
        try {
            return evaluate(cell, source, screen);
        } finally {
            running = null;
            control.forget();
        }
    }

    private Outcome evaluate(CellRun cell, String source, Screen screen) {
        List<Piece> pieces = Piece.of(source, analysis);
        // What cannot be parsed is told before anything has run.
        if (!pieces.isEmpty() && !pieces.getLast().parses()) pieces = List.of(pieces.getLast());
        var open = new ArrayList<Open>();
        for (Piece piece : pieces) {
            if (cell.stopped()) return Failures.interrupted(Optional.empty());
            control.enter(cell, Placed.of(piece, source, cell.name()));
            List<SnippetEvent> events = shell.eval(piece.source());
            try {
                for (SnippetEvent event : events) {
                    Optional<Outcome> failed = failure(cell, source, piece, event);
                    if (failed.isPresent()) return failed.get();
                    if (event.snippet() instanceof DeclarationSnippet declared && isOpen(event))
                        open.add(new Open(declared, piece));
                    if (event.snippet() instanceof VarSnippet variable && lost(event))
                        System.err.println(
                                variable.name()
                                        + " lost its value, since "
                                        + name(events)
                                        + " was declared anew");
                }
                if (piece.wantsValue()
                        && !cell.silent()
                        && events.stream().anyMatch(Session::isValue)) {
                    Optional<Outcome> failed = show(cell, screen);
                    if (failed.isPresent()) return failed.get();
                }
            } finally {
                dropTemporary(events);
            }
        }
        if (cell.stopped()) return Failures.interrupted(Optional.empty());
        open.removeIf(each -> !isOpen(shell.status(each.declared)));
        return left(open, source);
    }

    /// A declaration that was not complete when it was made; what followed in its cell may have
    /// helped.
    private record Open(DeclarationSnippet declared, Piece piece) {}

    /// A method or type may wait for a later cell. A variable that has no type is a mistake.
    private Outcome left(List<Open> open, String source) {
        for (Open each : open)
            if (each.declared instanceof VarSnippet)
                return CompilationError.of(
                        shell.diagnostics(each.declared).filter(Diag::isError).toList(),
                        source,
                        each.piece.offset());
        open.forEach(each -> System.err.println(missing(each.declared)));
        return new Outcome.Done();
    }

    /// Whether a variable was reset because what it is made of changed.
    private static boolean lost(SnippetEvent event) {
        return event.causeSnippet() != null
                && event.previousStatus() == Status.VALID
                && event.status() != Status.DROPPED
                && event.status() != Status.OVERWRITTEN;
    }

    private static String name(List<SnippetEvent> events) {
        return events.getFirst().snippet() instanceof DeclarationSnippet declared
                ? declared.name()
                : "its type";
    }

    private static boolean isOpen(SnippetEvent event) {
        return event.causeSnippet() == null && isOpen(event.status());
    }

    private static boolean isOpen(Status status) {
        return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
    }

    private Optional<Outcome> failure(
            CellRun cell, String source, Piece piece, SnippetEvent event) {
        if (event.status() == Status.REJECTED) {
            List<Diag> errors = shell.diagnostics(event.snippet()).filter(Diag::isError).toList();
            return Optional.of(CompilationError.of(errors, source, piece.offset()));
        }
        if (event.exception() == null) return Optional.empty();
        if (cell.stopped()) return Optional.of(Failures.interrupted(control.thrown()));
        if (event.exception() instanceof UnresolvedReferenceException unresolved)
            return Optional.of(Failures.unresolved(missing(unresolved.getSnippet())));
        return Optional.of(Failures.thrown(control.thrown().orElse(event.exception()), cells));
    }

    /// What a declaration still lacks.
    private String missing(DeclarationSnippet declared) {
        String rest =
                shell.unresolvedDependencies(declared).sorted().collect(Collectors.joining(", "));
        String errors =
                shell.diagnostics(declared)
                        .filter(Diag::isError)
                        .map(each -> each.getMessage(null).lines().findFirst().orElse(""))
                        .collect(Collectors.joining("; "));
        return declared.name()
                + " is declared, but cannot be used until "
                + (rest.isEmpty() ? "this is mended: " + errors : rest + " is declared too");
    }

    private Optional<Outcome> show(CellRun cell, Screen screen) {
        Object value = control.value();
        try {
            control.call(
                    cell,
                    () -> {
                        screen.result(cell, value);
                        return "";
                    });
            return Optional.empty();
        } catch (Exception | Error e) {
            if (cell.stopped()) return Optional.of(Failures.interrupted(Optional.of(e)));
            return Optional.of(Failures.thrown(e, cells));
        }
    }

    private static boolean isValue(SnippetEvent event) {
        return switch (event.snippet().subKind()) {
            case TEMP_VAR_EXPRESSION_SUBKIND, VAR_VALUE_SUBKIND, ASSIGNMENT_SUBKIND ->
                    event.causeSnippet() == null;
            default -> false;
        };
    }

    /// JShell keeps the value of each expression in a variable of its own, which every later
    /// compilation then imports: dropped at once, a cell costs the same after a thousand others.
    private void dropTemporary(List<SnippetEvent> events) {
        for (SnippetEvent event : events)
            if (event.snippet() instanceof VarSnippet variable
                    && variable.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                    && shell.status(variable).isActive()) shell.drop(variable);
    }

    /// The value of an expression that a client asks for beside a cell, or what is wrong with it.
    ///
    /// @throws Exception what the expression threw
    @Nullable Object value(CellRun cell, String expression) throws Exception {
        control.enter(cell, new Placed(expression, cell.name(), 1));
        running = cell;
        List<SnippetEvent> events = shell.eval(expression);
        try {
            for (SnippetEvent event : events) {
                Optional<Outcome> failed =
                        failure(
                                cell,
                                expression,
                                new Piece(expression, 0, SourceCodeAnalysis.Completeness.COMPLETE),
                                event);
                if (failed.isPresent() && failed.get() instanceof Outcome.Failed why)
                    throw new IllegalArgumentException(why.name() + ": " + why.message());
            }
            return control.value();
        } finally {
            running = null;
            dropTemporary(events);
        }
    }

    /// Runs work of the kernel's own as if it were a cell.
    Outcome call(CellRun cell, Runnable work) {
        running = cell;
        cell.begin();
        try {
            control.call(
                    cell,
                    () -> {
                        work.run();
                        return "";
                    });
            return new Outcome.Done();
        } catch (Exception | Error e) {
            return cell.stopped()
                    ? Failures.interrupted(Optional.of(e))
                    : Failures.thrown(e, cells);
        } finally {
            running = null;
        }
    }

    /// Stops the cell that runs, if any: its loops, its waiting, and its threads.
    void interrupt() {
        CellRun cell = running;
        if (cell != null) cell.stop();
    }

    /// The names of all temporary variables that are kept.
    List<String> temporaries() {
        return shell.variables()
                .filter(each -> each.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND)
                .map(VarSnippet::name)
                .toList();
    }

    @Override
    public void close() {
        shell.close();
    }
}
