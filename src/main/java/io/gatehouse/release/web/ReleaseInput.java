package io.gatehouse.release.web;

import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.Plans;
import io.gatehouse.change.Questionnaire;
import io.gatehouse.change.Window;
import io.gatehouse.release.GoNoGoSeat;
import io.gatehouse.release.ReleaseContent;
import io.gatehouse.release.ReleaseStage;
import io.gatehouse.release.ReleaseTemplate;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a release manager writes of a release. */
record ReleaseInput(
        @NotBlank @Size(max = 200) String name,
        @Size(max = 20_000) @Nullable String description,
        @NotBlank @Size(max = 64) String manager,
        @Size(max = 64) @Nullable String train,
        @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) @Nullable String series,
        @NotNull LocalDate readyOn,
        @NotBlank @Size(max = 64) String environment,
        @NotNull @Valid WindowInput window,
        @Valid @Nullable PlansInput plans,
        @Valid @Nullable QuestionnaireInput questionnaire,
        @NotEmpty @Size(max = 100) @Valid List<@NotNull ItemInput> items,
        @Size(min = 1, max = 20) @Valid @Nullable List<@NotNull SeatInput> seats,
        @Size(max = 20) @Valid @Nullable List<@NotNull StageInput> stages,
        @Size(max = 64) @Nullable String template,
        @Size(max = 64) @Nullable String changeTemplate,
        @Size(max = 64) @Nullable String rolloutPlan) {

    record WindowInput(@NotNull Instant startsAt, @NotNull Instant endsAt) {

        Window toWindow() {
            return new Window(startsAt.truncatedTo(ChronoUnit.MICROS), endsAt.truncatedTo(ChronoUnit.MICROS));
        }
    }

    record PlansInput(
            @Size(max = 20_000) @Nullable String implementation,
            @Size(max = 20_000) @Nullable String test,
            @Size(max = 20_000) @Nullable String backout,
            @Size(max = 20_000) @Nullable String communication) {

        private Plans toPlans() {
            return new Plans(implementation, test, backout, communication);
        }
    }

    record QuestionnaireInput(
            @Nullable Boolean dataMigration,
            @Nullable Boolean downtime,
            @Nullable Boolean backoutTested,
            @Size(max = 4000) @Nullable String ifNotDone) {

        /** What is not said counts against the change. */
        private Questionnaire toQuestionnaire() {
            return new Questionnaire(
                    Boolean.TRUE.equals(dataMigration),
                    Boolean.TRUE.equals(downtime),
                    Boolean.TRUE.equals(backoutTested),
                    ifNotDone);
        }
    }

    record ItemInput(
            @NotBlank @Size(max = 64) String service,
            @NotBlank @Size(max = 100) String version,
            @Size(max = 200) @Nullable String digest) {

        Artifact toArtifact() {
            return new Artifact(service, version, digest);
        }
    }

    record SeatInput(@NotBlank @Size(max = 64) String seat, @Nullable Boolean veto) {

        GoNoGoSeat toSeat() {
            return new GoNoGoSeat(seat, Boolean.TRUE.equals(veto));
        }
    }

    record StageInput(
            @NotBlank @Size(max = 64) @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String name,
            @NotBlank @Size(max = 64) String environment,
            @NotNull @Valid WindowInput planned,
            @Size(max = 20) @Valid @Nullable List<@NotNull StageTestInput> tests,
            @Size(max = 20) @Nullable List<@NotBlank @Size(max = 500) String> exitCriteria,
            @Size(max = 64) @Nullable String signedOffBy,
            @Size(min = 1, max = 20) @Nullable List<@NotBlank @Size(max = 64) String> approvals,
            @Size(max = 64) @Nullable String changeTemplate,
            @Nullable Boolean rehearsesRollback,
            @Size(max = 64) @Nullable String rolloutPlan) {

        private ReleaseStage toStage() {
            return new ReleaseStage(
                    name,
                    environment,
                    planned.toWindow(),
                    StageTestInput.toTests(tests),
                    exitCriteria == null ? List.of() : exitCriteria,
                    signedOffBy == null && approvals == null ? ReleaseStage.USUAL_SIGN_OFF : signedOffBy,
                    approvals == null ? List.of() : approvals,
                    changeTemplate,
                    Boolean.TRUE.equals(rehearsesRollback),
                    rolloutPlan);
        }
    }

    /**
     * What is written of the release.
     *
     * @param taken from the template that the input names; nothing of one
     */
    ReleaseContent toContent(@Nullable ReleaseTemplate taken) {
        return new ReleaseContent(
                name,
                description,
                manager,
                train,
                series,
                readyOn,
                environment,
                window.toWindow(),
                plans == null ? Plans.NONE : plans.toPlans(),
                questionnaire == null ? new Questionnaire(false, false, false) : questionnaire.toQuestionnaire(),
                items.stream().map(ItemInput::toArtifact).toList(),
                seats == null
                        ? taken == null
                                ? ReleaseContent.USUAL_SEATS
                                : taken.content().seats()
                        : seats.stream().map(SeatInput::toSeat).toList(),
                stages == null
                        ? taken == null ? List.of() : taken.content().stagesBefore(window.startsAt())
                        : stages.stream().map(StageInput::toStage).toList(),
                taken == null ? null : taken.name(),
                changeTemplate,
                rolloutPlan == null && taken != null ? taken.content().rolloutPlan() : rolloutPlan);
    }
}
