package io.gatehouse.change;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Finds out whether changes would wait for one another in a circle, in which none of them would ever start. */
final class WaitGraph {

    /** That one change does not start before something has become of another. */
    record Wait(long waiting, long awaited) {}

    private final Function<Set<Long>, Collection<Wait>> waitsOf;

    /** @param waitsOf what each of some changes waits for */
    WaitGraph(Function<Set<Long>, Collection<Wait>> waitsOf) {
        this.waitsOf = waitsOf;
    }

    /**
     * The circle that one more wait would close, the shortest if there are several, from the change that would wait back
     * to itself; empty if there would be none.
     */
    List<Long> circleWith(Wait more) {
        Map<Long, Long> reachedFrom = new HashMap<>(Map.of(more.awaited(), more.waiting()));
        Set<Long> edge = Set.of(more.awaited());
        while (!edge.isEmpty() && !edge.contains(more.waiting())) {
            Set<Long> next = new LinkedHashSet<>();
            for (Wait wait : waitsOf.apply(edge)) {
                if (!reachedFrom.containsKey(wait.awaited())) {
                    reachedFrom.put(wait.awaited(), wait.waiting());
                    next.add(wait.awaited());
                }
            }
            edge = next;
        }
        return edge.contains(more.waiting()) ? backFrom(more, reachedFrom) : List.of();
    }

    private static List<Long> backFrom(Wait more, Map<Long, Long> reachedFrom) {
        LinkedList<Long> circle = new LinkedList<>(List.of(more.waiting()));
        do {
            circle.addFirst(reachedFrom.getOrDefault(circle.getFirst(), more.waiting()));
        } while (circle.getFirst() != more.waiting());
        return List.copyOf(circle);
    }
}
