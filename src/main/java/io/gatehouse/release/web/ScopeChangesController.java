package io.gatehouse.release.web;

import io.gatehouse.change.Artifact;
import io.gatehouse.engine.Tasks;
import io.gatehouse.release.ReleaseModel;
import io.gatehouse.release.ScopeChange;
import io.gatehouse.release.ScopeChanges;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
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

/** Other packages for releases whose scope is fixed. */
@RestController
@RequestMapping("/api/v1/releases/{number}/scope-changes")
@Transactional
class ScopeChangesController {

    enum Decision {
        APPROVE,
        REJECT
    }

    record ScopeInput(
            @NotEmpty @Size(max = 100) @Valid List<ReleaseInput.@NotNull ItemInput> items,
            @NotBlank @Size(max = 2000) String reason) {}

    record DecisionInput(
            @Size(max = 64) @Nullable String seat,
            @NotNull Decision decision,
            @NotBlank @Size(max = 2000) String reason) {}

    record WithdrawalInput(@NotBlank @Size(max = 2000) String reason) {}

    record ScopeRepresentation(
            String number,
            List<Artifact> items,
            String reason,
            String requestedBy,
            Instant requestedAt,
            ScopeChange.State state,
            @Nullable String endedBecause,
            @Nullable Instant endedAt,
            List<ScopeChange.Decision> decisions) {

        private static ScopeRepresentation of(ScopeChange change) {
            return new ScopeRepresentation(
                    change.number(),
                    change.items(),
                    change.reason(),
                    change.requestedBy(),
                    change.requestedAt(),
                    change.state(),
                    change.endedBecause(),
                    change.endedAt(),
                    change.decisions());
        }
    }

    private final ScopeChanges changes;
    private final Tasks tasks;

    ScopeChangesController(ScopeChanges changes, Tasks tasks) {
        this.changes = changes;
        this.tasks = tasks;
    }

    @GetMapping
    List<ScopeRepresentation> list(@PathVariable String number) {
        return changes.of(number).stream().map(ScopeRepresentation::of).toList();
    }

    @PostMapping
    ResponseEntity<ScopeRepresentation> request(@PathVariable String number, @RequestBody @Valid ScopeInput input) {
        ScopeChange requested = changes.request(
                number,
                input.items().stream().map(ReleaseInput.ItemInput::toArtifact).toList(),
                input.reason());
        return ResponseEntity.created(URI.create("/api/v1/releases/" + number + "/scope-changes"))
                .body(ScopeRepresentation.of(requested));
    }

    /** The task "Approve scope change" through the API. */
    @PostMapping("/{scope}/approvals")
    ScopeRepresentation decide(
            @PathVariable String number, @PathVariable String scope, @RequestBody @Valid DecisionInput input) {
        changes.requireOf(number, scope);
        tasks.submit(
                scope,
                ReleaseModel.APPROVE_SCOPE_CHANGE,
                input.seat(),
                Map.of("decision", input.decision().name(), "reason", input.reason()));
        return ScopeRepresentation.of(changes.get(scope));
    }

    @PostMapping("/{scope}/withdrawal")
    ScopeRepresentation withdraw(
            @PathVariable String number, @PathVariable String scope, @RequestBody @Valid WithdrawalInput input) {
        changes.requireOf(number, scope);
        return ScopeRepresentation.of(changes.withdraw(scope, input.reason()));
    }
}
