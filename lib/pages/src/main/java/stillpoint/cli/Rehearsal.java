package stillpoint.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import stillpoint.swap.Designs;
import stillpoint.swap.SwapCheck;

/// Records a reader's own design once before it is searched, in a thread of its own: Java that
/// loops without taking a step cannot be stopped, only left alone.
///
/// @param file what the design was loaded from
/// @param seconds how long recording may take
record Rehearsal(DesignFile file, int seconds) {
    private static final long STACK_BYTES = 8 << 20;

    /// Records the model of a question.
    ///
    /// @throws CommandException if it cannot be recorded, or does not come to an end
    void of(SwapCheck check) throws IOException {
        var recorded = new CompletableFuture<Optional<Throwable>>();
        Callable<?> record = () -> file.guard(check.design(), check::model);
        var thread =
                new Thread(
                        null,
                        () -> {
                            try {
                                record.call();
                                recorded.complete(Optional.empty());
                            } catch (Throwable e) {
                                recorded.complete(Optional.of(e));
                            }
                        },
                        "recording",
                        STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            Optional<Throwable> thrown = recorded.get(seconds, TimeUnit.SECONDS);
            if (thrown.isPresent()) rethrow(thrown.get());
        } catch (TimeoutException e) {
            var where = new IllegalStateException("still running");
            where.setStackTrace(thread.getStackTrace());
            throw new CommandException(
                    ExitCode.INCONCLUSIVE,
                    Designs.nameOf(check.design())
                            + " was not recorded within "
                            + seconds
                            + " s: "
                            + file.pointed(
                                    "its Java does not come to an end; a wait is cpu.condLoad(...) or cpu.waitFor(...), a loop"
                                            + " cpu.loop(...), and --seconds allows more",
                                    where));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(
                    ExitCode.INCONCLUSIVE, "interrupted; run it again to finish");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a recording completes its future itself", e);
        }
    }

    private static void rethrow(Throwable thrown) throws IOException {
        switch (thrown) {
            case CommandException e -> throw e;
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(thrown);
        }
    }
}
