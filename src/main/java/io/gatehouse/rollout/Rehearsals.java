package io.gatehouse.rollout;

import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.ChangeOwnership;
import io.gatehouse.change.Changes;
import io.gatehouse.change.Window;
import io.gatehouse.change.process.ChangeProcess;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Rehearsals of changes. Each is a normal change in another environment, so that nothing is run there either that the
 * policy does not let through.
 */
@Service
@Transactional
public class Rehearsals {

    private static final String REHEARSE = "POST /api/v1/changes/{number}/rehearsals";
    private static final int LONGEST_TITLE = 200;
    private static final int MOST_LISTED = 20;

    private final Changes changes;
    private final ChangeProcess process;
    private final ChangeOwnership ownership;
    private final Permissions permissions;
    private final RolloutPlanning planning;
    private final PlanRows plans;
    private final PlanRules rules;
    private final RehearsalRules rehearsalRules;
    private final RolloutRows rollouts;

    Rehearsals(
            Changes changes,
            ChangeProcess process,
            ChangeOwnership ownership,
            Permissions permissions,
            RolloutPlanning planning,
            PlanRows plans,
            PlanRules rules,
            RehearsalRules rehearsalRules,
            RolloutRows rollouts) {
        this.changes = changes;
        this.process = process;
        this.ownership = ownership;
        this.permissions = permissions;
        this.planning = planning;
        this.plans = plans;
        this.rules = rules;
        this.rehearsalRules = rehearsalRules;
        this.rollouts = rollouts;
    }

    /**
     * Raises and submits a change that carries out the plan of another one in an environment that is not production, and
     * undoes it.
     *
     * @param number of the change whose plan is tried out
     * @throws ProblemException not found if it has no plan; conflict once it is being implemented, or if its plan names
     *     nothing that differs there; invalid if the environment or the window is none to rehearse in
     */
    public Rehearsal begin(Person person, String number, String environment, Window window) {
        Change change = changes.withDetails(changes.lock(number));
        permissions.require(REHEARSE, person, () -> ownership.of(change));
        if (!change.state().isBeforeImplement()) {
            throw ProblemException.conflict(
                    "change-state",
                    "Not possible in this state",
                    number + " is " + change.state() + ", so there is nothing left to rehearse.");
        }
        RolloutPlan plan = planning.find(number).plan();
        rules.requireFit(change, plan);
        rehearsalRules.requirePossible(change, plan, environment);
        Change rehearsal = process.raise(person, content(change, environment, window));
        RehearsalOf begun = RehearsalOf.of(change, written(number), environment);
        RolloutPlan tried = plan.rehearsing(begun);
        rules.requireFit(rehearsal, tried);
        planning.writeRehearsal(rehearsal, tried);
        process.submit(person, rehearsal.number());
        return of(change, rehearsal.number(), begun);
    }

    /** The newest rehearsals of a change, at most 20, newest first. */
    @Transactional(readOnly = true)
    public List<Rehearsal> of(String number) {
        return of(changes.find(number));
    }

    /** @param change with its details */
    List<Rehearsal> of(Change change) {
        return plans.rehearsals(change.number(), MOST_LISTED).entrySet().stream()
                .map(entry -> of(change, entry.getKey(), entry.getValue()))
                .toList();
    }

    private Rehearsal of(Change change, String number, RehearsalOf begun) {
        Change rehearsal = changes.glance(number);
        Optional<Rollout> rollout = rollouts.latestOf(number);
        boolean current =
                begun.plan().equals(written(change.number())) && begun.brings().equals(RehearsalOf.brings(change));
        return new Rehearsal(
                number,
                change.number(),
                begun.environment(),
                rehearsal.requester(),
                rehearsal.createdAt(),
                Rehearsal.Result.of(rehearsal, rollout.orElse(null)),
                rollout.map(Rollout::number).orElse(null),
                current);
    }

    private String written(String number) {
        return plans.written(number).map(PlanRows.Written::fingerprint).orElse("");
    }

    private static ChangeContent content(Change change, String environment, Window window) {
        String title = "Rehearsal of " + change.number() + ": " + change.title();
        return new ChangeContent(
                title.substring(0, Math.min(title.length(), LONGEST_TITLE)),
                "Everything it does is undone in the end.",
                change.services(),
                environment,
                window,
                change.plans(),
                change.questionnaire(),
                List.of(),
                change.artifacts());
    }
}
