package stillpoint.reader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import stillpoint.evidence.Verdict;
import stillpoint.program.Cpu;
import stillpoint.swap.Entry;
import stillpoint.swap.StopMachineV7;
import stillpoint.swap.SwapCheck;
import stillpoint.swap.SwapDevice;

/// A design that a reader writes, outside the library.
class OwnDesignTest {
    private static boolean closes = true;

    /// Forgets to open the section when a variable of the notebook says so.
    private static final class Own extends StopMachineV7 {
        @Override
        public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
            if (!super.getSwapDevice(cpu, p, entry)) return false;
            if (!closes) super.putSwapDevice(cpu, p);
            return true;
        }

        @Override
        public void putSwapDevice(Cpu cpu, SwapDevice p) {
            if (closes) super.putSwapDevice(cpu, p);
        }
    }

    @Test
    void itIsRecordedEachTimeSinceAVariableMayHaveChanged() {
        var check = SwapCheck.of(new Own()).readers(1);
        assertThat(check.verdict()).isInstanceOf(Verdict.Safe.class);
        closes = false;
        assertThat(check.verdict()).isInstanceOf(Verdict.Violation.class);
    }
}
