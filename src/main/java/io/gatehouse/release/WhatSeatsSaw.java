package io.gatehouse.release;

import io.gatehouse.rollout.PlanTemplates;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whether a release is still what its seats let go: they saw how it passed its stages, and by which plan it goes. */
@Component
class WhatSeatsSaw {

    private final StageRows stages;
    private final GoNoGoRows decisions;
    private final PlanTemplates planTemplates;

    WhatSeatsSaw(StageRows stages, GoNoGoRows decisions, PlanTemplates planTemplates) {
        this.stages = stages;
        this.decisions = decisions;
        this.planTemplates = planTemplates;
    }

    /** Why it is not; empty if it is. */
    Optional<String> whyNot(Release release) {
        return alteredStage(release).or(() -> alteredPlan(release));
    }

    private Optional<String> alteredStage(Release release) {
        return Stages.next(release, stages.of(release.stored()))
                .map(stage -> "it is no longer as it passed " + stage.name()
                        + ": the rollout plan of that stage was altered");
    }

    /** The readiness that they saw has the digest of the plan. */
    private Optional<String> alteredPlan(Release release) {
        String template = release.content().rolloutPlan();
        return template == null || wasSeen(release, template)
                ? Optional.empty()
                : Optional.of("its rollout plan " + template + " was altered after its seats were asked");
    }

    private boolean wasSeen(Release release, String template) {
        String seen = decisions
                .newest(release.stored())
                .map(decision -> decision.readiness().text())
                .orElse("");
        return planTemplates.digests(List.of(template)).values().stream().allMatch(seen::contains);
    }
}
