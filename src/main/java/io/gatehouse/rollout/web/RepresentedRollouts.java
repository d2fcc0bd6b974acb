package io.gatehouse.rollout.web;

import io.gatehouse.api.Page;
import io.gatehouse.rollout.Rollout;
import io.gatehouse.rollout.Rollouts;
import io.gatehouse.rollout.Step;
import io.gatehouse.rollout.StopOrder;
import io.gatehouse.rollout.Stops;
import io.gatehouse.rollout.Waiting;
import io.gatehouse.rollout.WorkReport;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Rollouts and their steps as the API shows them, with what stands elsewhere about them. */
@Component
class RepresentedRollouts {

    private final Rollouts rollouts;
    private final Stops stops;

    RepresentedRollouts(Rollouts rollouts, Stops stops) {
        this.rollouts = rollouts;
        this.stops = stops;
    }

    RolloutRepresentation of(Rollout rollout) {
        List<Step> stillInPlace = rollout.abort() == null ? List.of() : rollouts.stillInPlace(rollout.number());
        return RolloutRepresentation.of(rollout, stillInPlace, rollouts.progress(rollout), rollouts.waitsFor(rollout));
    }

    /** @param number of the rollout */
    Page<StepRepresentation> of(List<Step> steps, String number) {
        Map<Integer, Waiting> waiting = rollouts.waiting(number);
        Map<Integer, String> links = rollouts.links(number);
        Map<Integer, List<WorkReport>> reports = rollouts.reports(number);
        Map<Integer, StopOrder> asked = stops.list(number);
        return new Page<>(steps, null)
                .map(step -> StepRepresentation.of(
                        step,
                        waiting.get(step.seq()),
                        links.get(step.seq()),
                        asked.get(step.seq()),
                        reports.getOrDefault(step.seq(), List.of())));
    }
}
