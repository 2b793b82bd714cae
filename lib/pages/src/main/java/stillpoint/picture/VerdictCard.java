package stillpoint.picture;

import stillpoint.evidence.Verdict;

final class VerdictCard {
    private VerdictCard() {}

    static Bundle of(Verdict verdict, String id) {
        return Bundle.of(Bundle.PLAIN, verdict.word() + ": " + verdict.subject());
    }
}
