package io.gatehouse.release;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** In which order the services of a package are deployed: each after those of them that it needs. */
final class DeploymentOrder {

    private DeploymentOrder() {}

    /**
     * Services that do not need each other come by their keys, and so do those that need each other in a circle.
     *
     * @param needed what each service needs, in the package or not
     */
    static List<String> of(Map<String, Set<String>> needed) {
        SortedMap<String, Set<String>> left = new TreeMap<>();
        needed.keySet().forEach(service -> left.put(service, all(service, needed)));
        List<String> order = new ArrayList<>();
        while (!left.isEmpty()) {
            String next = left.entrySet().stream()
                    .min(Comparator.comparing((Map.Entry<String, Set<String>> service) ->
                                    service.getValue().size())
                            .thenComparing(service -> !service.getValue().contains(service.getKey()))
                            .thenComparing(Map.Entry::getKey))
                    .orElseThrow()
                    .getKey();
            order.add(next);
            left.remove(next);
            left.values().forEach(needs -> needs.remove(next));
        }
        return order;
    }

    /**
     * Everything in the package that a service needs, directly or through others. Whoever needs least comes next: that is
     * nothing or, of a circle that needs nothing else, the circle, in which it is itself.
     */
    private static Set<String> all(String service, Map<String, Set<String>> needed) {
        Set<String> found = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(service));
        while (!open.isEmpty()) {
            for (String other : needed.getOrDefault(open.remove(), Set.of())) {
                if (needed.containsKey(other) && found.add(other)) {
                    open.add(other);
                }
            }
        }
        return found;
    }
}
