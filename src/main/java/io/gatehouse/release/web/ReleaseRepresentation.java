package io.gatehouse.release.web;

import io.gatehouse.change.Artifact;
import io.gatehouse.change.Plans;
import io.gatehouse.change.Questionnaire;
import io.gatehouse.change.Window;
import io.gatehouse.release.Carrier;
import io.gatehouse.release.GoNoGoSeat;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseContent;
import io.gatehouse.release.ReleaseProgress;
import io.gatehouse.release.ReleaseStage;
import io.gatehouse.release.ReleaseState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A release as the API shows it. */
record ReleaseRepresentation(
        String number,
        ReleaseState state,
        String name,
        @Nullable String description,
        String manager,
        @Nullable String train,
        @Nullable String series,
        LocalDate readyOn,
        String environment,
        Window window,
        Plans plans,
        Questionnaire questionnaire,
        List<Artifact> items,
        List<GoNoGoSeat> seats,
        List<ReleaseStage> stages,
        @Nullable String template,
        @Nullable String changeTemplate,
        @Nullable String rolloutPlan,
        @Nullable String confirmedBy,
        @Nullable Instant confirmedAt,
        @Nullable String change,
        @Nullable Carrier carrier,
        @Nullable String waitsFor,
        @Nullable String returnedBecause,
        @Nullable String retiredBecause,
        String plannedBy,
        Instant plannedAt,
        @Nullable Instant endedAt) {

    /** @param series of its train or its own */
    static ReleaseRepresentation of(Release release, @Nullable String series) {
        ReleaseContent content = release.content();
        ReleaseProgress progress = release.progress();
        return new ReleaseRepresentation(
                release.number(),
                release.state(),
                content.name(),
                content.description(),
                content.manager(),
                content.train(),
                series,
                content.readyOn(),
                content.environment(),
                content.window(),
                content.plans(),
                content.questionnaire(),
                content.items(),
                content.seats(),
                content.stages(),
                content.template(),
                content.changeTemplate(),
                content.rolloutPlan(),
                progress.confirmedBy(),
                progress.confirmedAt(),
                progress.change(),
                progress.carrier(),
                progress.waitsFor(),
                progress.returnedBecause(),
                progress.retiredBecause(),
                release.plannedBy(),
                release.plannedAt(),
                progress.endedAt());
    }
}
