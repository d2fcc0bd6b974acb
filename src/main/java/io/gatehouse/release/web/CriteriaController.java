package io.gatehouse.release.web;

import io.gatehouse.engine.Tasks;
import io.gatehouse.release.Criteria;
import io.gatehouse.release.Criterion;
import io.gatehouse.release.CriterionAnswer;
import io.gatehouse.release.CriterionContent;
import io.gatehouse.release.CriterionModel;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Criteria of a release of which somebody says whether they are met. */
@RestController
@RequestMapping("/api/v1/releases/{number}/criteria")
@Transactional
class CriteriaController {

    record CriterionInput(
            @NotBlank @Size(max = 200) @Pattern(regexp = "[^\\r\\n]*", message = "must be one line") String title,
            @Size(max = 20_000) @Nullable String details,
            @Size(min = 1, max = 64) @Nullable String owner,
            @Size(min = 1, max = 64) @Nullable String ownerGroup,
            @NotNull Instant dueAt) {

        private CriterionContent toContent() {
            return new CriterionContent(title, details, owner, ownerGroup, dueAt.truncatedTo(ChronoUnit.MICROS));
        }
    }

    record ConfirmationInput(@NotNull Boolean met, @NotBlank @Size(max = 2000) String note) {}

    record ReopeningInput(@NotBlank @Size(max = 2000) String reason, @NotNull Instant dueAt) {}

    record WithdrawalInput(@NotBlank @Size(max = 2000) String reason) {}

    record CriterionRepresentation(
            String number,
            String title,
            @Nullable String details,
            @Nullable String owner,
            @Nullable String ownerGroup,
            Instant dueAt,
            Criterion.State state,
            @Nullable Instant missingSince,
            List<CriterionAnswer> answers,
            String addedBy,
            Instant addedAt) {

        private static CriterionRepresentation of(Criterion criterion) {
            CriterionContent content = criterion.content();
            return new CriterionRepresentation(
                    criterion.number(),
                    content.title(),
                    content.details(),
                    content.owner(),
                    content.ownerGroup(),
                    content.dueAt(),
                    criterion.state(),
                    criterion.missingSince(),
                    criterion.answers(),
                    criterion.addedBy(),
                    criterion.addedAt());
        }
    }

    private final Criteria criteria;
    private final Tasks tasks;

    CriteriaController(Criteria criteria, Tasks tasks) {
        this.criteria = criteria;
        this.tasks = tasks;
    }

    @GetMapping
    List<CriterionRepresentation> list(@PathVariable String number) {
        return criteria.of(number).stream().map(CriterionRepresentation::of).toList();
    }

    @PostMapping
    ResponseEntity<CriterionRepresentation> add(@PathVariable String number, @RequestBody @Valid CriterionInput input) {
        return ResponseEntity.created(URI.create("/api/v1/releases/" + number + "/criteria"))
                .body(CriterionRepresentation.of(criteria.add(number, input.toContent())));
    }

    /** The task "Confirm criterion" through the API. */
    @PostMapping("/{criterion}/confirmations")
    CriterionRepresentation confirm(
            @PathVariable String number, @PathVariable String criterion, @RequestBody @Valid ConfirmationInput input) {
        criteria.requireCriterionOf(number, criterion);
        tasks.submit(
                criterion,
                CriterionModel.CONFIRM,
                null,
                Map.of("answer", input.met() ? "MET" : "NOT_MET", "note", input.note()));
        return CriterionRepresentation.of(criteria.find(criterion));
    }

    @PostMapping("/{criterion}/reopening")
    CriterionRepresentation reopen(
            @PathVariable String number, @PathVariable String criterion, @RequestBody @Valid ReopeningInput input) {
        return CriterionRepresentation.of(
                criteria.reopen(number, criterion, input.dueAt().truncatedTo(ChronoUnit.MICROS), input.reason()));
    }

    @PostMapping("/{criterion}/withdrawal")
    CriterionRepresentation withdraw(
            @PathVariable String number, @PathVariable String criterion, @RequestBody @Valid WithdrawalInput input) {
        return CriterionRepresentation.of(criteria.withdraw(number, criterion, input.reason()));
    }
}
