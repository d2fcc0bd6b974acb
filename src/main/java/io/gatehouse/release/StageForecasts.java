package io.gatehouse.release;

import io.gatehouse.change.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Foretells when each stage of a graph will be over: each after what it needs, so that each need is looked at once. */
final class StageForecasts {

    /** What is never over ends last. */
    private static final Comparator<StageForecast> BY_END =
            Comparator.comparing(StageForecast::endsAt, Comparator.nullsLast(Comparator.naturalOrder()));

    private final StageGraph graph;
    private final Instant now;
    private final Map<StagePoint, Integer> open = new HashMap<>();
    private final Map<StagePoint, List<StagePoint>> needing = new HashMap<>();
    private final Map<StagePoint, List<StageForecast>> awaited = new HashMap<>();
    private final Map<StagePoint, StageForecast> forecasts = new LinkedHashMap<>();

    private StageForecasts(StageGraph graph, Instant now) {
        this.graph = graph;
        this.now = now;
    }

    static Map<StagePoint, StageForecast> of(StageGraph graph, Instant now) {
        StageForecasts all = new StageForecasts(graph, now);
        all.foretell();
        return all.forecasts;
    }

    private void foretell() {
        Deque<StagePoint> ready = new ArrayDeque<>();
        for (StagePoint point : graph.points()) {
            Set<StagePoint> needs = graph.needsOf(point);
            open.put(point, needs.size());
            needs.forEach(needed ->
                    needing.computeIfAbsent(needed, first -> new ArrayList<>()).add(point));
            if (needs.isEmpty()) {
                ready.add(point);
            }
        }
        while (!ready.isEmpty()) {
            StagePoint point = ready.remove();
            StageForecast forecast = foretell(point);
            forecasts.put(point, forecast);
            for (StagePoint next : needing.getOrDefault(point, List.of())) {
                awaited.computeIfAbsent(next, first -> new ArrayList<>()).add(forecast);
                if (open.merge(next, -1, Integer::sum) == 0) {
                    ready.add(next);
                }
            }
        }
        // None are refused when they are added; a stage that was taken out of a plan may still have closed one.
        graph.points()
                .forEach(point -> forecasts.computeIfAbsent(
                        point,
                        circular ->
                                never(point, null, "its dependencies go round in a circle; take one of them back")));
    }

    private StageForecast foretell(StagePoint point) {
        StagePlan.Planned stage = graph.planned(point);
        if (graph.planOf(point).retired()) {
            return never(point, null, point.release() + " was retired");
        }
        if (stage.through()) {
            return new StageForecast(
                    point.release(),
                    point.stage(),
                    stage.window(),
                    true,
                    stage.window().endsAt(),
                    null,
                    null);
        }
        return awaited.getOrDefault(point, List.of()).stream()
                .filter(needed -> !needed.through())
                .max(BY_END)
                .map(last -> after(last, point, stage.window()))
                .orElseGet(() -> alone(point, stage.window()));
    }

    private StageForecast after(StageForecast last, StagePoint point, Window planned) {
        if (last.endsAt() == null) {
            return never(point, last, null);
        }
        Instant endsAt = last.endsAt().plus(Duration.between(planned.startsAt(), planned.endsAt()));
        return last.endsAt().isAfter(planned.startsAt()) && !endsAt.isBefore(now)
                ? new StageForecast(point.release(), point.stage(), planned, false, endsAt, last, null)
                : alone(point, planned);
    }

    /** As planned; if that is past and it is not over, it takes until now at least. */
    private StageForecast alone(StagePoint point, Window planned) {
        return planned.endsAt().isBefore(now)
                ? new StageForecast(
                        point.release(),
                        point.stage(),
                        planned,
                        false,
                        now,
                        null,
                        point.words() + " should have been over at " + StageForecast.shown(planned.endsAt()))
                : new StageForecast(point.release(), point.stage(), planned, false, planned.endsAt(), null, null);
    }

    private StageForecast never(StagePoint point, @Nullable StageForecast because, @Nullable String fault) {
        return new StageForecast(
                point.release(), point.stage(), graph.planned(point).window(), false, null, because, fault);
    }
}
