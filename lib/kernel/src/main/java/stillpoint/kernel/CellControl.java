package stillpoint.kernel;

import java.io.InputStream;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.SPIResolutionException;
import org.jspecify.annotations.Nullable;

/// Loads and runs the code of cells in this virtual machine, each cell on threads of its own.
///
/// What the code returned or threw is kept as it is: JShell itself would pass strings on.
final class CellControl extends DirectExecutionControl {
    /// How long a stopped cell may take before it is left behind.
    private static final int PATIENCE_MILLIS = 2_000;

    private final CellLoader loader;
    private final Weaver weaver;
    private final Lines lines = new Lines();
    private volatile CellRun cell = CellRun.own();
    private @Nullable Object value;
    private Optional<Throwable> thrown = Optional.empty();

    CellControl(CellLoader loader) {
        super(loader);
        this.loader = loader;
        this.weaver =
                new Weaver(
                        ClassHierarchyResolver.ofResourceParsing(this::declared)
                                .orElse(ClassHierarchyResolver.ofClassLoading(loader)));
    }

    private @Nullable InputStream declared(ClassDesc type) {
        String name = type.descriptorString();
        return loader.classFile(name.substring(1, name.length() - 1).replace('/', '.'))
                .orElse(null);
    }

    /// What comes next belongs to this snippet of this cell.
    void enter(CellRun run, Placed snippet) {
        cell = run;
        lines.compiling(snippet);
        forget();
    }

    /// Lets go of the last value, so that it can be collected.
    void forget() {
        value = null;
        thrown = Optional.empty();
    }

    /// What the last code returned.
    @Nullable Object value() {
        return value;
    }

    /// What the last code threw.
    Optional<Throwable> thrown() {
        return thrown;
    }

    @Override
    public void load(ClassBytecodes[] classes)
            throws ClassInstallException, NotImplementedException, EngineTerminationException {
        for (ClassBytecodes each : classes) loader.announce(each);
        super.load(lines.weave(classes, weaver));
    }

    @Override
    protected String invoke(Method code) throws Exception {
        try {
            if (cell.stopped()) throw new Interrupted("before it ran");
            value = call(cell, () -> code.invoke(null));
            return "";
        } catch (InvocationTargetException e) {
            thrown = Optional.of(e.getCause() == null ? e : e.getCause());
        } catch (IllegalAccessException | Interrupted e) {
            thrown = Optional.of(e);
        }
        if (thrown.get() instanceof SPIResolutionException unresolved)
            throw new ExecutionControl.ResolutionException(
                    unresolved.id(), unresolved.getStackTrace());
        throw new ExecutionControl.UserException(
                "", thrown.get().getClass().getName(), new StackTraceElement[0]);
    }

    /// Does something on a thread of a cell, where an interrupt can stop it.
    ///
    /// @throws Interrupted if it was to stop, and did not within two seconds
    <T> T call(CellRun run, Callable<T> work) throws Exception {
        var task = new FutureTask<>(work);
        Thread thread = run.thread(task, loader);
        thread.start();
        int waited = 0;
        while (thread.isAlive() && waited < PATIENCE_MILLIS) {
            thread.join(100);
            if (run.stopped()) waited += 100;
        }
        if (!task.isDone()) throw new Interrupted(leftBehind(thread));
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Exception exception -> throw exception;
                case Error error -> throw error;
                case null -> throw e;
                case Throwable other -> throw new InvocationTargetException(other);
            }
        }
    }

    /// Where it is stuck, and from which line of a cell it came there.
    private static String leftBehind(Thread thread) {
        List<StackTraceElement> stack = List.of(thread.getStackTrace());
        String stuck =
                stack.stream()
                        .findFirst()
                        .map(each -> " in " + each.getClassName() + "." + each.getMethodName())
                        .orElse("");
        String from =
                stack.stream()
                        .filter(each -> Wrapper.outermost(each.getClassName()).isPresent())
                        .findFirst()
                        .map(each ->
                                ", called from " + each.getFileName() + ":" + each.getLineNumber())
                        .orElse("");
        return "restart needed: it did not stop within "
                + TimeUnit.MILLISECONDS.toSeconds(PATIENCE_MILLIS)
                + " s and was left running"
                + stuck
                + from
                + "; code outside cells stops only where it looks for an interrupt";
    }

    /// The cell was interrupted.
    static final class Interrupted extends Exception {
        private static final long serialVersionUID = 1;

        private Interrupted(String message) {
            super(message, null, false, false);
        }
    }
}
