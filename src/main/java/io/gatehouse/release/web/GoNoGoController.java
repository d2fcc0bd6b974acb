package io.gatehouse.release.web;

import io.gatehouse.engine.Tasks;
import io.gatehouse.release.GoNoGoDecisions;
import io.gatehouse.release.GoNoGoVote;
import io.gatehouse.release.Readiness;
import io.gatehouse.release.ReadinessItem;
import io.gatehouse.release.ReadinessNote;
import io.gatehouse.release.ReleaseModel;
import io.gatehouse.release.Releases;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How ready a release is, and what its seats say about that. */
@RestController
@RequestMapping("/api/v1/releases/{number}")
@Transactional
class GoNoGoController {

    record ReadinessRepresentation(int score, List<ReadinessItem> items, List<ReadinessNote> history) {}

    record VoteInput(
            @Size(max = 64) @Nullable String seat,
            @NotNull GoNoGoVote vote,
            @NotBlank @Size(max = 2000) String reason,
            @Size(max = 20) @Valid @Nullable List<@NotNull ConditionInput> conditions) {}

    /** Without line breaks and bars, which separate conditions in the form. */
    record ConditionInput(
            @NotBlank @Size(max = 500) @Pattern(regexp = "[^|\\r\\n]*", message = ONE_LINE) String demanded,
            @NotBlank @Size(max = 64) @Pattern(regexp = "[^|\\r\\n]*", message = ONE_LINE) String owner,
            @NotNull Instant dueAt) {

        private static final String ONE_LINE = "must be one line without a bar";

        private String line() {
            return demanded + " | " + owner + " | " + dueAt;
        }
    }

    record NoteInput(@NotBlank @Size(max = 2000) String note) {}

    private final Releases releases;
    private final GoNoGoDecisions decisions;
    private final Tasks tasks;

    GoNoGoController(Releases releases, GoNoGoDecisions decisions, Tasks tasks) {
        this.releases = releases;
        this.decisions = decisions;
        this.tasks = tasks;
    }

    @GetMapping("/readiness")
    ReadinessRepresentation readiness(@PathVariable String number) {
        Readiness readiness = decisions.readinessOf(number);
        return new ReadinessRepresentation(readiness.score(), readiness.items(), decisions.readinessNotesOf(number));
    }

    @GetMapping("/decisions")
    List<GoNoGoRepresentation> list(@PathVariable String number) {
        return decisions.of(number).stream().map(GoNoGoRepresentation::of).toList();
    }

    /** The task "Vote go or no go" through the API. */
    @PostMapping("/votes")
    List<GoNoGoRepresentation> vote(@PathVariable String number, @RequestBody @Valid VoteInput input) {
        releases.lock(number);
        Map<String, Object> answers = new HashMap<>(Map.of("vote", input.vote().name(), "reason", input.reason()));
        if (input.conditions() != null) {
            answers.put(
                    "conditions",
                    input.conditions().stream().map(ConditionInput::line).collect(Collectors.joining("\n")));
        }
        tasks.submit(number, ReleaseModel.VOTE, input.seat(), answers);
        return list(number);
    }

    /** The task "Meet condition" through the API. */
    @PostMapping("/conditions/{condition}/fulfilment")
    List<GoNoGoRepresentation> meet(
            @PathVariable String number, @PathVariable String condition, @RequestBody @Valid NoteInput input) {
        decisions.requireConditionOf(number, condition);
        tasks.submit(condition, ReleaseModel.MEET_CONDITION, null, Map.of("note", input.note()));
        return list(number);
    }
}
