package io.gatehouse.change.web;

import io.gatehouse.change.Artifact;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.Link;
import io.gatehouse.change.Plans;
import io.gatehouse.change.Questionnaire;
import io.gatehouse.change.Window;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a requester writes. */
record ChangeInput(
        @NotBlank @Size(max = 200) String title,
        @Size(max = 20_000) @Nullable String description,
        @NotEmpty @Size(max = 100) Set<@NotBlank @Size(max = 64) String> services,
        @NotBlank @Size(max = 64) String environment,
        @NotNull @Valid WindowInput window,
        @Valid @Nullable PlansInput plans,
        @Valid @Nullable QuestionnaireInput questionnaire,
        @Size(max = 50) @Valid @Nullable List<LinkInput> links,
        @Size(max = 100) @Valid @Nullable List<ArtifactInput> artifacts) {

    record WindowInput(@NotNull Instant startsAt, @NotNull Instant endsAt) {

        Window toWindow() {
            return new Window(startsAt, endsAt);
        }
    }

    record PlansInput(
            @Size(max = 20_000) @Nullable String implementation,
            @Size(max = 20_000) @Nullable String test,
            @Size(max = 20_000) @Nullable String backout,
            @Size(max = 20_000) @Nullable String communication) {

        Plans toPlans() {
            return new Plans(implementation, test, backout, communication);
        }
    }

    record QuestionnaireInput(
            @Nullable Boolean dataMigration,
            @Nullable Boolean downtime,
            @Nullable Boolean backoutTested,
            @Size(max = 4000) @Nullable String ifNotDone) {

        /** What is not said counts against the change. */
        Questionnaire toQuestionnaire() {
            return new Questionnaire(
                    Boolean.TRUE.equals(dataMigration),
                    Boolean.TRUE.equals(downtime),
                    Boolean.TRUE.equals(backoutTested),
                    ifNotDone);
        }
    }

    record LinkInput(@NotBlank @Size(max = 200) String title, @NotBlank @Size(max = 1000) String url) {}

    record ArtifactInput(
            @NotBlank @Size(max = 64) String service,
            @NotBlank @Size(max = 100) String version,
            @Size(max = 200) @Nullable String digest) {}

    ChangeContent toContent() {
        return new ChangeContent(
                title,
                description,
                services,
                environment,
                window.toWindow(),
                plans == null ? Plans.NONE : plans.toPlans(),
                questionnaire == null ? new Questionnaire(false, false, false) : questionnaire.toQuestionnaire(),
                toLinks(links),
                toArtifacts(artifacts));
    }

    static List<Link> toLinks(@Nullable List<LinkInput> links) {
        return links == null
                ? List.of()
                : links.stream().map(link -> new Link(link.title(), link.url())).toList();
    }

    static List<Artifact> toArtifacts(@Nullable List<ArtifactInput> artifacts) {
        return artifacts == null
                ? List.of()
                : artifacts.stream()
                        .map(artifact -> new Artifact(artifact.service(), artifact.version(), artifact.digest()))
                        .toList();
    }
}
