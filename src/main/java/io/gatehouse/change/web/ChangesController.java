package io.gatehouse.change.web;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Person;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.change.Approval;
import io.gatehouse.change.Approvals;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFilter;
import io.gatehouse.change.ChangeList;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeSummary;
import io.gatehouse.change.ChangeType;
import io.gatehouse.change.Changes;
import io.gatehouse.change.PolicyDecisions;
import io.gatehouse.change.process.ChangeProcess;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Raises, shows and rewrites changes. */
@RestController
@RequestMapping("/api/v1/changes")
class ChangesController {

    private final ChangeProcess process;
    private final Changes changes;
    private final ChangeList list;
    private final Approvals approvals;
    private final PolicyDecisions decisions;
    private final CurrentPerson currentPerson;

    ChangesController(
            ChangeProcess process,
            Changes changes,
            ChangeList list,
            Approvals approvals,
            PolicyDecisions decisions,
            CurrentPerson currentPerson) {
        this.process = process;
        this.changes = changes;
        this.list = list;
        this.approvals = approvals;
        this.decisions = decisions;
        this.currentPerson = currentPerson;
    }

    @PostMapping
    @Transactional
    ResponseEntity<ChangeRepresentation> raise(@RequestBody @Valid RaiseInput input) {
        input.check();
        Person person = currentPerson.find().orElseThrow();
        Change raised = raise(person, input);
        Change change = input.submitAtOnce() ? process.submit(person, raised.number()) : raised;
        return ResponseEntity.created(URI.create("/api/v1/changes/" + change.number()))
                .eTag(Long.toString(change.version()))
                .body(ChangeRepresentation.of(change));
    }

    private Change raise(Person person, RaiseInput input) {
        return switch (input.type()) {
            case STANDARD -> process.raiseStandard(
                    person,
                    Objects.requireNonNull(input.template()),
                    Objects.requireNonNull(input.window()).toWindow(),
                    input.openDetails());
            case NORMAL -> process.raise(
                    person, Objects.requireNonNull(input.change()).toContent());
            case EMERGENCY -> process.raiseEmergency(
                    person, Objects.requireNonNull(input.change()).toContent());
        };
    }

    @GetMapping
    Page<ChangeSummary> list(
            PageQuery page,
            @RequestParam(required = false) @Nullable ChangeState state,
            @RequestParam(required = false) @Nullable ChangeType type,
            @RequestParam(required = false) @Nullable String service,
            @RequestParam(required = false) @Nullable String environment,
            @RequestParam(required = false) @Nullable String requester) {
        return list.list(new ChangeFilter(state, type, service, environment, requester), page);
    }

    /** Whoever is asked to approve it looks at what they decide about; that is on record. */
    @GetMapping("/{number}")
    ResponseEntity<ChangeRepresentation> show(@PathVariable String number) {
        Change change = changes.find(number);
        currentPerson.find().ifPresent(person -> approvals.viewed(change, person));
        return answer(change);
    }

    @PutMapping("/{number}")
    @Transactional
    ResponseEntity<ChangeRepresentation> rewrite(
            @PathVariable String number, @RequestBody @Valid ChangeInput input, Precondition precondition) {
        Change change = changes.lock(number);
        precondition.check(change.version());
        return answer(process.rewrite(currentPerson.find().orElseThrow(), change, input.toContent()));
    }

    /** Who was asked to approve, in which round, and what they said. */
    @GetMapping("/{number}/approvals")
    List<Approval> approvals(@PathVariable String number) {
        return approvals.historyOf(changes.glance(number));
    }

    /** What the policy tables were asked about this change and what they answered. */
    @GetMapping("/{number}/decisions")
    List<PolicyDecisions.PolicyDecision> decisions(@PathVariable String number) {
        return decisions.of(changes.glance(number));
    }

    static ResponseEntity<ChangeRepresentation> answer(Change change) {
        return ResponseEntity.ok().eTag(Long.toString(change.version())).body(ChangeRepresentation.of(change));
    }
}
