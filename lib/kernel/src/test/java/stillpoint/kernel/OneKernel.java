package stillpoint.kernel;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/// A kernel for all tests of a class: starting one takes a second.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
interface OneKernel {
    ThreadLocal<Client> RUNNING = new ThreadLocal<>();

    @BeforeAll
    default void start() throws Exception {
        RUNNING.set(Client.start());
    }

    @AfterAll
    default void end() throws Exception {
        kernel().close();
    }

    default Client kernel() {
        return RUNNING.get();
    }
}
