package io.gatehouse.rollout;

import io.gatehouse.api.ProblemException;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The plans of changes, written by their requesters while nothing is decided yet. */
@Service
@Transactional
public class RolloutPlanning {

    /** A plan and the version to name when replacing it, from 1. */
    public record Stored(RolloutPlan plan, long version) {}

    private final PlanRows plans;
    private final PlanRules rules;
    private final Changes changes;
    private final PlanAudit audit;

    RolloutPlanning(PlanRows plans, PlanRules rules, Changes changes, PlanAudit audit) {
        this.plans = plans;
        this.rules = rules;
        this.changes = changes;
        this.audit = audit;
    }

    /** @throws ProblemException 404 when the change has no plan */
    @Transactional(readOnly = true)
    public Stored find(String change) {
        return findIfPresent(change)
                .orElseThrow(() -> ProblemException.notFound(
                        "plan-not-found", "No rollout plan", change + " has no rollout plan yet; PUT one."));
    }

    @Transactional(readOnly = true)
    public Optional<Stored> findIfPresent(String change) {
        return plans.find(change).map(stored -> new Stored(stored.plan(), stored.version()));
    }

    /** Locks the change, so that nobody plans while it is being submitted. */
    public Change lockForPlanning(String number) {
        Change change = changes.lock(number);
        change.requireState("be planned", ChangeState.NEW);
        return change;
    }

    /**
     * Writes the plan of a change.
     *
     * @throws ProblemException invalid, naming each field that is wrong
     */
    public Stored write(Change change, RolloutPlan plan) {
        rules.check(plan);
        if (plans.find(change.number()).isPresent()) {
            plans.update(change.number(), plan);
        } else {
            plans.insert(change.number(), plan);
        }
        audit.written(change.number(), plan);
        return find(change.number());
    }
}
