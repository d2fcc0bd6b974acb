package io.gatehouse.release;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The stages of all releases that are under way, and what each needs: the stage before it, and what its dependencies say.
 * Releases that are not in it are in production, and nobody waits for them.
 */
final class StageGraph {

    private final Map<StagePoint, StagePlan.Planned> planned = new LinkedHashMap<>();
    private final Map<StagePoint, Set<StagePoint>> needs = new HashMap<>();
    private final Map<String, StagePlan> plans = new LinkedHashMap<>();
    private long visited;

    StageGraph(Collection<StagePlan> all, Collection<StageNeed> dependencies) {
        for (StagePlan plan : all) {
            plans.put(plan.release(), plan);
            StagePoint before = null;
            for (StagePlan.Planned stage : plan.stages()) {
                StagePoint point = new StagePoint(plan.release(), stage.stage());
                planned.put(point, stage);
                needs.put(point, new LinkedHashSet<>(before == null ? List.of() : List.of(before)));
                before = point;
            }
        }
        dependencies.forEach(this::add);
    }

    private void add(StageNeed need) {
        if (plans.containsKey(need.waiting().release())
                && plans.containsKey(need.needed().release())) {
            needs(placed(need.waiting())).add(placed(need.needed()));
        }
    }

    /** A stage that a release no longer has is taken for its last one: it was to come before that. */
    StagePoint placed(StagePoint point) {
        return planned.containsKey(point) ? point : new StagePoint(point.release(), StageGate.PRODUCTION);
    }

    Set<StagePoint> points() {
        return Collections.unmodifiableSet(planned.keySet());
    }

    StagePlan.Planned planned(StagePoint point) {
        StagePlan.Planned stage = planned.get(point);
        if (stage == null) {
            throw new IllegalArgumentException("No such stage: " + point.words());
        }
        return stage;
    }

    StagePlan planOf(StagePoint point) {
        StagePlan plan = plans.get(point.release());
        if (plan == null) {
            throw new IllegalArgumentException("No such release: " + point.release());
        }
        return plan;
    }

    /** What must be passed before a stage is entered; each of these steps is counted. */
    Set<StagePoint> needsOf(StagePoint point) {
        Set<StagePoint> found = needs(point);
        visited += found.size();
        return found;
    }

    private Set<StagePoint> needs(StagePoint point) {
        return needs.computeIfAbsent(point, absent -> new LinkedHashSet<>());
    }

    /** How many steps from a stage to one that it needs were taken so far. */
    long visited() {
        return visited;
    }

    /**
     * The circle that one more need would close, the shortest if there are several, from the stage that would wait back to
     * itself; empty if there would be none.
     */
    List<StagePoint> circleWith(StageNeed more) {
        StagePoint waiting = placed(more.waiting());
        StagePoint needed = placed(more.needed());
        Map<StagePoint, StagePoint> reachedFrom = new HashMap<>(Map.of(needed, waiting));
        List<StagePoint> edge = List.of(needed);
        while (!edge.isEmpty() && !reachedFrom.containsKey(waiting)) {
            List<StagePoint> next = new ArrayList<>();
            for (StagePoint point : edge) {
                for (StagePoint other : needsOf(point)) {
                    if (reachedFrom.putIfAbsent(other, point) == null) {
                        next.add(other);
                    }
                }
            }
            edge = next;
        }
        return reachedFrom.containsKey(waiting) ? back(waiting, reachedFrom) : List.of();
    }

    private static List<StagePoint> back(StagePoint waiting, Map<StagePoint, StagePoint> reachedFrom) {
        LinkedList<StagePoint> circle = new LinkedList<>(List.of(waiting));
        do {
            circle.addFirst(reachedFrom.getOrDefault(circle.getFirst(), waiting));
        } while (!circle.getFirst().equals(waiting));
        return List.copyOf(circle);
    }
}
