package stillpoint.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
    private static final Sweep SWEEP = Sweep.of("D10", "D8").cpus("1..16*2").replications(3);

    private static Results shard(String text) {
        return SWEEP.shard(Shard.parse(text)).run(stage -> {});
    }

    private static Results merged(Results... parts) {
        var byName = new TreeMap<String, Results>();
        for (int p = 0; p < parts.length; p++) byName.put("file" + p, parts[p]);
        return Results.merged(byName);
    }

    @Test
    void shardsMakeTheWholeByteForByte() {
        assertThat(merged(shard("2/3"), shard("1/3"), shard("3/3")).csv())
                .isEqualTo(SWEEP.run(stage -> {}).csv());
    }

    @Test
    void everyPointIsInOneShard() {
        var all = new ArrayList<Point>();
        for (int i = 1; i <= 4; i++) all.addAll(new Shard(i, 4).points(SWEEP.plan()));
        assertThat(all).containsExactlyInAnyOrderElementsOf(SWEEP.plan().points());
    }

    @Test
    void twoShardsHaveAboutTheSameWork() {
        Plan plan = Sweep.of("D6", "D8", "D10").cpus("1..8192*2").plan();
        List<Integer> work =
                List.of(1, 2).stream()
                        .map(i -> new Shard(i, 2).points(plan).stream().mapToInt(Point::cpus).sum())
                        .toList();
        assertThat((double) work.get(0) / work.get(1)).isBetween(0.6, 1.7);
    }

    @Test
    void moreShardsThanPointsLeaveSomeEmpty() {
        assertThat(shard("20/20").complete()).isTrue();
        assertThat(shard("20/20").csv()).contains("# complete: 0 of 0 points");
    }

    @Test
    void aMissingShardIsNamed() {
        assertThatThrownBy(() -> merged(shard("1/3"), shard("3/3")))
                .isInstanceOf(Unfit.class)
                .hasMessage("missing: shard 2/3; all 3 make one whole");
    }

    @Test
    void aShardThatIsThereTwiceIsNamed() {
        assertThatThrownBy(() -> merged(shard("1/2"), shard("1/2")))
                .hasMessageContaining("file0 and file1 are both shard 1/2");
    }

    @Test
    void shardsOfDifferentSplitsAreNotMixed() {
        assertThatThrownBy(() -> merged(shard("1/2"), shard("2/3")))
                .hasMessageContaining("file0 is shard 1/2 and file1 is 2/3");
    }

    @Test
    void shardsOfDifferentSweepsAreNotMixed() {
        Results other = SWEEP.seed(7).shard(new Shard(2, 2)).run(stage -> {});
        assertThatThrownBy(() -> merged(shard("1/2"), other))
                .hasMessageContaining("different sweeps: seed = 1, and there it is 7");
    }

    @Test
    void aShardThatIsNotCompleteIsNamed() {
        Results whole = shard("2/2");
        var part = new Results(whole.plan(), whole.shard(), whole.finished().subList(0, 2));
        assertThatThrownBy(() -> merged(shard("1/2"), part))
                .hasMessageContaining("file1: has 2 of 5 points of shard 2/2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/2", "3/2", "1/0", "-1/2", "1", "a/b", "1/99999", "1/9999999999"})
    void whatIsNoShardIsRefused(String text) {
        assertThatThrownBy(() -> Shard.parse(text)).hasMessageContaining("shard = " + text);
    }
}
