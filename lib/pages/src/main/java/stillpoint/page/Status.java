package stillpoint.page;

/// How the cells of a page fared, in words: `14 cells ran`, `cell 5 of 14 failed`.
final class Status {
    private Status() {}

    static String of(Page page) {
        int ran = page.count(Block.Outcome.RAN);
        int failed = page.count(Block.Outcome.FAILED);
        int left = page.count(Block.Outcome.NOT_RUN);
        if (ran + failed + left == 0) return "";
        if (ran + failed == 0) return "not run";
        String words = cells(ran) + " ran";
        if (failed > 0) words += ", " + failed + " failed";
        if (left > 0) words += ", " + left + " not run";
        return words;
    }

    private static String cells(int n) {
        return n == 1 ? "1 cell" : n + " cells";
    }
}
