package io.gatehouse.rollout.web;

import io.gatehouse.rollout.ManualWork;
import io.gatehouse.rollout.Stage;
import io.gatehouse.rollout.Step;
import io.gatehouse.rollout.StepState;
import io.gatehouse.rollout.StopOrder;
import io.gatehouse.rollout.StopState;
import io.gatehouse.rollout.Undo;
import io.gatehouse.rollout.Waiting;
import io.gatehouse.rollout.WorkReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A step that began, as the API shows it.
 *
 * @param waiting while its tool cannot be reached or gives no clear answer
 * @param reports what people said who did it, or undid it, by hand
 */
record StepRepresentation(
        int seq,
        Stage stage,
        String name,
        String connector,
        @Nullable ManualWork manual,
        String target,
        Map<String, String> parameters,
        @Nullable Undo undo,
        @Nullable String cannotBeUndone,
        boolean check,
        @Nullable String runbook,
        @Nullable String expectedDuration,
        StepState state,
        String detail,
        @Nullable Waiting waiting,
        List<WorkReport> reports,
        @Nullable String link,
        @Nullable Stop stop,
        Instant startedAt,
        @Nullable Instant endedAt) {

    /** What became of somebody's wish that the tool stops. */
    record Stop(StopState state, String by, String reason, Instant at, String detail) {

        static Stop of(StopOrder order) {
            return new Stop(order.state(), order.by(), order.because(), order.requestedAt(), order.detail());
        }
    }

    static StepRepresentation of(
            Step step,
            @Nullable Waiting waiting,
            @Nullable String link,
            @Nullable StopOrder stop,
            List<WorkReport> reports) {
        return new StepRepresentation(
                step.seq(),
                step.stage(),
                step.name(),
                step.connector(),
                step.manual(),
                step.target(),
                new TreeMap<>(step.parameters()),
                step.undo(),
                step.cannotBeUndone(),
                step.check(),
                step.runbook(),
                Objects.toString(step.expectedDuration(), null),
                step.state(),
                step.detail(),
                waiting,
                reports,
                link,
                stop == null ? null : Stop.of(stop),
                step.startedAt(),
                step.endedAt());
    }
}
