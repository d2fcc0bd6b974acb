package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.change.WaitGraph.Wait;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WaitGraphTests {

    private static final long SEED = Long.getLong("gatehouse.seed", 20261130);
    private static final int GRAPHS = 2000;

    @Test
    void namesTheCircleFromTheOneThatWouldWait() {
        Set<Wait> waits = Set.of(new Wait(2, 3), new Wait(3, 4), new Wait(2, 9), new Wait(9, 3));

        assertThat(circle(waits, new Wait(4, 2))).containsExactly(4L, 2L, 3L, 4L);
        assertThat(circle(waits, new Wait(3, 2))).containsExactly(3L, 2L, 3L);
        assertThat(circle(waits, new Wait(2, 4))).isEmpty();
        assertThat(circle(Set.of(), new Wait(1, 2))).isEmpty();
    }

    /** Against a table of who reaches whom, on graphs that grow wait by wait until most of them would close a circle. */
    @Test
    void refusesExactlyWhatClosesACircle() {
        Random random = new Random(SEED);
        int refused = 0;
        for (int graph = 0; graph < GRAPHS; graph++) {
            int size = 2 + random.nextInt(9);
            boolean[][] reaches = new boolean[size][size];
            Set<Wait> waits = new HashSet<>();
            for (int more = 0; more < 3 * size; more++) {
                int from = random.nextInt(size);
                int to = (from + 1 + random.nextInt(size - 1)) % size;
                Wait wait = new Wait(from, to);
                List<Long> circle = circle(waits, wait);

                assertThat(!circle.isEmpty())
                        .as("seed %d, graph %d: %s and %s", SEED, graph, waits, wait)
                        .isEqualTo(reaches[to][from]);
                if (circle.isEmpty()) {
                    waits.add(wait);
                    connect(reaches, from, to);
                } else {
                    refused++;
                    assertClosed(circle, waits, wait);
                }
            }
        }
        assertThat(refused).isGreaterThan(GRAPHS);
    }

    private static void connect(boolean[][] reaches, int from, int to) {
        for (int one = 0; one < reaches.length; one++) {
            for (int other = 0; other < reaches.length; other++) {
                reaches[one][other] |= (one == from || reaches[one][from]) && (other == to || reaches[to][other]);
            }
        }
    }

    private static void assertClosed(List<Long> circle, Set<Wait> waits, Wait more) {
        assertThat(circle.get(0)).isEqualTo(more.waiting()).isEqualTo(circle.get(circle.size() - 1));
        assertThat(circle.get(1)).isEqualTo(more.awaited());
        for (int i = 1; i < circle.size() - 1; i++) {
            assertThat(waits).contains(new Wait(circle.get(i), circle.get(i + 1)));
        }
    }

    private static List<Long> circle(Collection<Wait> waits, Wait more) {
        return new WaitGraph(of -> waits.stream()
                        .filter(wait -> of.contains(wait.waiting()))
                        .toList())
                .circleWith(more);
    }
}
