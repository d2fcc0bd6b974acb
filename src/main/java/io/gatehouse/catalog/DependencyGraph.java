package io.gatehouse.catalog;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which services need which, as it was when it was read. There may be cycles. */
public final class DependencyGraph {

    /** By what is needed: who needs it, with its tier. */
    private final Map<String, Map<String, Integer>> needing;

    DependencyGraph(Map<String, Map<String, Integer>> needing) {
        this.needing = needing;
    }

    /** All that need one of the services, directly or through others, with their tiers; those themselves are not among them. */
    public SortedMap<String, Integer> dependents(Collection<String> keys) {
        SortedMap<String, Integer> found = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(keys);
        while (!open.isEmpty()) {
            needing.getOrDefault(open.remove(), Map.of()).forEach((key, tier) -> {
                if (found.put(key, tier) == null) {
                    open.add(key);
                }
            });
        }
        found.keySet().removeAll(Set.copyOf(keys));
        return found;
    }

    /** What the services need directly. */
    public SortedSet<String> needed(Set<String> keys) {
        SortedSet<String> found = new TreeSet<>();
        needing.forEach((needed, by) -> {
            if (by.keySet().stream().anyMatch(keys::contains)) {
                found.add(needed);
            }
        });
        found.removeAll(keys);
        return found;
    }
}
