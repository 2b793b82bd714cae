package stillpoint.program;

/// What a step may do wrong. All but [#ASSERTION] are found without anybody asking for them.
public enum Fault {
    NULL_DEREFERENCE("NULL dereference"),
    USE_AFTER_FREE("use after free"),
    DOUBLE_FREE("double free"),
    SLEEP_WHILE_ATOMIC("sleep while atomic"),
    UNLOCK_OF_FREE_LOCK("unlock of a free lock"),
    OUT_OF_SLOTS("more objects alive than the model has room for"),
    ASSERTION("broken assertion"),
    LEAK("leaked object"),
    DEADLOCK("deadlock"),
    OFFLINE_CPU("stop_machine callback for a CPU that is off line"),
    BLOCKED_CALLBACK("stop_machine callback that waits for a stopped CPU");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    /// In words, for messages.
    public String words() {
        return words;
    }
}
