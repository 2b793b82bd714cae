package stillpoint.validate;

/// What is checked, and where the formula comes from.
public enum Family {
    RESIDUALS(
            "residuals",
            "The longest of what is left of many sections",
            "Cox, Renewal Theory (1962), 5.4, and the product of independent CPUs",
            "A stop that costs nothing waits for the readers alone: for the longest of what is left of"
                    + " their sections. Readers are in a section a tenth of their time."),
    STAGGERED(
            "staggered",
            "Stoppers woken one after another",
            "the same product, each factor shifted by when its stopper is woken; integrated numerically",
            "Waking costs the caller 400 ns a CPU. From some number of CPUs on the loop that wakes is"
                    + " the latency, and readers no longer matter."),
    STOP(
            "stop",
            "What a stop costs",
            "four rounds of acknowledgements on one line, kernel/stop_machine.c",
            "No readers; the prices of the eight-socket Xeon. The line of thread_ack changes once every"
                    + " c_a = 32 ns while CPUs queue for it."),
    SPINNERS(
            "spinners",
            "Two bounds of a line that all spin on",
            "N (N - 1) / 2 reads a round where every change has to wait for all who spin",
            "How reads of those who spin get between the changes is not published. What the upper bound"
                    + " adds to the lower one:"),
    LOCK(
            "lock",
            "A lock as a queue",
            "machine repairman (M/M/1//N): Feller, Probability Theory I, XVII.7; M/M/1 as its limit",
            "Tasks think for an exponential time and hold one spin lock for an exponential time. Somebody"
                    + " else comes at a random moment and waits."),
    GRACE(
            "grace-period",
            "How long a grace period takes",
            "ticks and timers of kernel/rcu/tree.c; T is the time between two ticks, d ticks pass until"
                    + " idle CPUs are looked after",
            "synchronize_rcu() with nobody in a section. A busy CPU notes the grace period in a tick and"
                    + " reports in the next; an idle one is found when the grace-period thread looks."),
    SCAN(
            "srcu-scan",
            "What SRCU looks at",
            "srcu_readers_active_idx, kernel/rcu/srcutree.c: two passes, each over two counters of every CPU",
            "synchronize_srcu() of a domain that nobody is in. A hit costs 1 ns, a line from any other CPU"
                    + " 100 ns, nothing else anything: the first sum has every CPU's line come over, and the"
                    + " others find it."),
    READER(
            "reader-cost",
            "What a reader pays",
            "the sum of the prices of its steps; with others at the same count, Welch, Operations Research"
                    + " 12 (1964), and Reiser and Lavenberg, J. ACM 27 (1980)",
            "All readers are simulated and nobody waits for them; a fault is timed from its first step to"
                    + " its last. Besides the steps that guard it, it takes 100 ns."),
    TREE(
            "tree",
            "How often the locks of the tree are taken",
            "16 CPUs under a leaf, 64 nodes under any other: kernel/rcu/rcu.h",
            "Every atomic costs 1 ns and nothing else anything, so that the time of the ticks counts them."),
    ARRIVALS(
            "arrivals",
            "Whenever it comes",
            "PASTA (Wolff 1982): who comes at random sees what an outside observer sees; Kolmogorov's distance with the correction of Stephens (JRSS B 32, 1970)",
            "All readers are simulated, and the stop comes after an exponential or a uniform time: both"
                    + " have to see what is drawn where readers are not simulated."),
    INTERVALS(
            "intervals",
            "Intervals and tests, tried on the simulator",
            "what a 95 % interval and a test at 5 % promise",
            "A thousand 95 % intervals of simulated samples whose mean is known, and tests between runs"
                    + " of one design that differ in their seeds only."),
    PUBLISHED(
            "published",
            "Beside published measurements",
            "the sources are in the rows",
            "Measured by others on real machines. Nothing was fitted to these; where a price was derived"
                    + " from one of them, the row says so."),
    MEASURED(
            "measured",
            "Beside what was measured here",
            "data/measured/, by ./stillpoint measure and lib/bench/jvm.sh",
            "Recordings of this project, each with its machine. Where the note says that a price was fitted,"
                    + " the simulator has the prices that ./stillpoint calibrate finds, and those of a"
                    + " laptop for the rest.");

    private final String word;
    private final String title;
    private final String source;
    private final String what;

    Family(String word, String title, String source, String what) {
        this.word = word;
        this.title = title;
        this.source = source;
        this.what = what;
    }

    /// The name in a file.
    public String word() {
        return word;
    }

    /// One line.
    public String title() {
        return title;
    }

    /// Where the formula is from.
    public String source() {
        return source;
    }

    /// What is set up, in words.
    public String what() {
        return what;
    }

    @Override
    public String toString() {
        return word;
    }
}
