package io.gatehouse.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentOrderTests {

    @ParameterizedTest
    @CsvSource({
        "a: b: c:, a b c",
        "a:b b:c c:, c b a",
        "a:bc b: c:, b c a",
        "a:z b:, a b",
        "a:a, a",
        "a:a b:, b a",
        "a:b b:a, a b",
        "a:b b:a c:a d:, d a b c",
        "a:b b:c c:b d:a, b c a d"
    })
    void putsEachAfterWhatItNeeds(String needs, String order) {
        Map<String, Set<String>> needed = Stream.of(needs.split(" "))
                .collect(Collectors.toMap(need -> need.substring(0, 1), need -> Stream.of(
                                need.substring(2).split(""))
                        .filter(one -> !one.isEmpty())
                        .collect(Collectors.toSet())));

        assertThat(DeploymentOrder.of(needed)).containsExactly(order.split(" "));
    }

    @Test
    void leavesNobodyOutAndPutsNothingBeforeWhatItNeedsWithoutACircle() {
        Random random = new Random(20261202);
        for (int round = 0; round < 2_000; round++) {
            Map<String, Set<String>> needed = new HashMap<>();
            int size = 1 + random.nextInt(12);
            for (int i = 0; i < size; i++) {
                Set<String> before = new HashSet<>();
                for (int j = 0; j < i; j++) {
                    if (random.nextInt(3) == 0) {
                        before.add("s" + j);
                    }
                }
                needed.put("s" + i, before);
            }

            List<String> order = DeploymentOrder.of(needed);

            assertThat(order).containsExactlyInAnyOrderElementsOf(needed.keySet());
            needed.forEach((service, before) ->
                    before.forEach(one -> assertThat(order.indexOf(one)).isLessThan(order.indexOf(service))));
        }
    }
}
