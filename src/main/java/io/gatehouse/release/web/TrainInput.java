package io.gatehouse.release.web;

import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.release.train.Cadence;
import io.gatehouse.release.train.Milestone;
import io.gatehouse.release.train.MilestoneKind;
import io.gatehouse.release.train.Schedule;
import io.gatehouse.release.train.TrainContent;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a release manager writes of a train. */
record TrainInput(
        @NotBlank @Size(max = 200) String name,
        @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) @Nullable String series,
        @Pattern(regexp = Cadence.PATTERN, message = Cadence.MESSAGE) @Nullable String cadence,
        @NotNull LocalDate startsOn,
        @NotNull LocalDate releasesOn,
        @Size(max = 500) @Valid @Nullable List<@NotNull MilestoneInput> milestones) {

    record MilestoneInput(
            @NotBlank @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String name,
            @NotNull MilestoneKind kind,
            @Size(max = 64) @Nullable String service,
            @Size(min = 1, max = 64) @Nullable String about,
            @NotNull LocalDate startsOn,
            @NotNull LocalDate endsOn) {

        private Milestone toMilestone() {
            return new Milestone(name, kind, service, about, startsOn, endsOn);
        }
    }

    TrainContent toContent() {
        return new TrainContent(
                name,
                series,
                cadence == null ? null : Cadence.of(cadence),
                new Schedule(
                        startsOn,
                        releasesOn,
                        milestones == null
                                ? List.of()
                                : milestones.stream()
                                        .map(MilestoneInput::toMilestone)
                                        .toList()));
    }
}
