package stillpoint.simulate;

import stillpoint.program.Node;

/// One node of a graph, flattened into fields: what the hot loop reads. Mutable only while [Script]
/// builds it.
final class Instr {
    /// What a step is, as a number the hot loop can switch on.
    enum Op {
        READ,
        WRITE,
        MODIFY,
        FENCE,
        NOTHING,
        SPIN_ACQUIRE,
        SPIN_RELEASE,
        MUTEX_ACQUIRE,
        MUTEX_RELEASE,
        SPIN_UNTIL,
        SLEEP_UNTIL,
        CALL,
        CALLBACK,
        /// The next of a reader's programs works on another entry.
        RENEW,
        ALLOCATE,
        FREE,
        CHOOSE,
        INTERRUPTED,
        NEXT_CPU,
        COMPUTE,
        BRANCH,
        FAIL,
        END
    }

    /// How a place is found.
    enum Which {
        ONLY,
        /// A field of the object that a pointer points to.
        OBJECT,
        /// The copy of the task's CPU.
        MINE,
        OF_CPU,
        /// As MINE, of a field: each CPU has copies of the objects' fields.
        OWN_OBJECT
    }

    final Node node;
    final int number;
    Op op = Op.NOTHING;
    int register = -1;
    Which which = Which.ONLY;

    /// The first copy's location, and what its line's number is more.
    int location;

    int line;

    /// How much higher the location of the second of two is; 0 where there is one.
    int twin;

    /// Whether only its own CPU ever works on the place.
    boolean own;

    int whichKind;
    int whichValue;
    int leftKind;
    int leftValue;
    int rightKind;
    int rightValue;

    /// Relation, update, arithmetic, kind of object, visited register, kind of grace period, or
    /// taken choice, as a number.
    int detail;

    /// The kind whose field a place is, as a number.
    int owner = -1;

    int bits;
    long values;
    int next = -1;
    int otherwise = -1;

    /// Where a call goes.
    int target = -1;

    /// The number of the callback of a stop, from 1; 0 for none.
    int callback;

    /// Whether that runs on every CPU.
    boolean everywhere;

    /// Nanoseconds that it takes whatever the caches hold.
    long flat;

    /// Time drawn each time: the number of its distribution in the script, -1 for none.
    int extra = -1;

    /// Whether the task sleeps behind it: for the time that is drawn, or until a tick.
    boolean sleeps;

    /// Ticks that it sleeps; 0 if it sleeps for a drawn time.
    int ticks;

    /// Whether the stretch behind this step is one that a task may be preempted in by each level,
    /// one bit each.
    int admits;

    /// The kinds of grace period that a task in the stretch before this step does not hold off, one
    /// bit each.
    int quiescent;

    /// Whether it wants a line that readers of all CPUs change.
    boolean contended;

    /// Whether nobody else can tell when it happens, so that it joins the step before it.
    boolean quiet;

    /// What begins here, for the account of a run.
    Mark mark = Mark.NONE;

    /// Turning points of a run that its outcome is made of.
    enum Mark {
        NONE,
        WAIT_BEGINS,
        WAIT_ENDS,
        IRQ_OFF,
        IRQ_ON,
        /// The next page of the device.
        REFILL
    }

    /// Whose reader has to be known before it.
    Touches touches = Touches.NOBODY;

    /// CPUs whose readers write what a step looks at.
    enum Touches {
        NOBODY,
        ITS_CPU,
        EVERY_CPU
    }

    /// @param number its place in the code
    Instr(Node node, int number) {
        this.node = node;
        this.number = number;
    }
}
