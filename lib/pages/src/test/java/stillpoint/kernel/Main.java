package stillpoint.kernel;

import stillpoint.notebook.FakeKernel;

/// Stands where the real kernel's entry is, so that the tests of `run` go through the private
/// kernelspec as a user's run does.
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        FakeKernel.main(args);
    }
}
