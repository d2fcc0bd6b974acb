package io.gatehouse.rollout;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Ownership;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeOwnership;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** All rollouts: they are opened and ended by their process, and anybody may read how far they are. */
@Service
@Transactional
public class Rollouts {

    private static final String LIST = "GET /api/v1/rollouts";

    private final RolloutRows rows;
    private final StepRows steps;
    private final TargetRows targets;
    private final CommandRows commands;
    private final LogRows logs;
    private final ReportRows reports;
    private final Ledger ledger;
    private final RolloutAudit audit;
    private final RolloutPlans plans;
    private final Changes changes;
    private final ChangeOwnership ownership;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final Clock clock;

    Rollouts(
            RolloutRows rows,
            StepRows steps,
            TargetRows targets,
            CommandRows commands,
            LogRows logs,
            ReportRows reports,
            Ledger ledger,
            RolloutAudit audit,
            RolloutPlans plans,
            Changes changes,
            ChangeOwnership ownership,
            Permissions permissions,
            CurrentPerson currentPerson,
            Clock clock) {
        this.rows = rows;
        this.steps = steps;
        this.targets = targets;
        this.commands = commands;
        this.logs = logs;
        this.reports = reports;
        this.ledger = ledger;
        this.audit = audit;
        this.plans = plans;
        this.changes = changes;
        this.ownership = ownership;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.clock = clock;
    }

    /**
     * Opens a rollout of a change that is being implemented; it does not have its services yet.
     *
     * @return its number
     */
    public String open(String changeNumber) {
        Change change = changes.glance(changeNumber);
        change.requireState("be rolled out", ChangeState.IMPLEMENT);
        Rollout rollout = rows.lock(rows.insert(changeNumber, plans.processOf(changeNumber), change.environment()));
        audit.opened(rollout);
        return rollout.number();
    }

    /**
     * Takes the services of the change in its environment, if no other rollout has one of them; otherwise this one goes
     * on waiting.
     */
    public void takeTargets(String number) {
        Rollout rollout = rows.lock(number);
        Change change = changes.find(rollout.change());
        boolean free = rollout.state() == RolloutState.WAITING && !rollout.rollbackRequested();
        if (free && targets.take(rollout.id(), rollout.environment(), change.services())) {
            audit.targetsTaken(rollout, change.services());
            ledger.move(rollout, RolloutState.RUNNING);
        }
    }

    /** Accepts what was deployed. From now on it is undone by a new change only. */
    public RolloutState accept(String number) {
        return end(rows.lock(number), RolloutState.DEPLOYED);
    }

    /** Puts on record that a person lets the deployment stand although checks have failed, and why. */
    public void acceptFailedChecks(String number, String why) {
        steps.list(rows.lock(number).id()).stream()
                .filter(Step::isFailedVerification)
                .forEach(check -> {
                    audit.failedCheckAccepted(check);
                    ledger.move(check, check.state(), "Let stand: " + why + " Found: " + check.detail());
                });
    }

    /** Ends a rollback whose last undo has been settled. */
    public RolloutState closeRollback(String number) {
        Rollout rollout = rows.lock(number);
        return end(rollout, rolledBack(rollout, steps.list(rollout.id())));
    }

    private static RolloutState rolledBack(Rollout rollout, List<Step> steps) {
        if (rollout.ranThroughAsRehearsal() && steps.stream().noneMatch(Step::isLeftUndone)) {
            return RolloutState.REHEARSED;
        }
        return steps.stream().anyMatch(Step::isStillInPlace)
                ? RolloutState.ROLLBACK_INCOMPLETE
                : RolloutState.ROLLED_BACK;
    }

    /** Ends an aborted rollout of which nothing is undone. From now on that takes a new change. */
    public RolloutState keepWhatRan(String number) {
        return end(rows.lock(number), RolloutState.ABORTED);
    }

    private RolloutState end(Rollout rollout, RolloutState state) {
        targets.release(rollout.id());
        ledger.move(rollout, state);
        return state;
    }

    /** @throws ProblemException 404 when there is none */
    @Transactional(readOnly = true)
    public Rollout find(String number) {
        return rows.find(number);
    }

    /** The newest rollout of a change. */
    @Transactional(readOnly = true)
    public Optional<Rollout> latestOf(String changeNumber) {
        return rows.latestOf(changeNumber);
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<Rollout> list(PageQuery page, @Nullable String change, @Nullable RolloutState state) {
        requireMayList(change);
        return page.page(rows.list(page, change, state), Rollout::id);
    }

    private void requireMayList(@Nullable String change) {
        Person caller = currentPerson.find().orElse(null);
        permissions.require(LIST, caller, () -> Optional.ofNullable(change)
                .flatMap(ownership::find)
                .orElse(Ownership.NOBODYS));
    }

    /** The numbers of the rollouts a waiting one waits for. */
    @Transactional(readOnly = true)
    public List<String> waitsFor(Rollout rollout) {
        return rollout.state() != RolloutState.WAITING
                ? List.of()
                : targets
                        .holders(
                                rollout.id(),
                                rollout.environment(),
                                changes.find(rollout.change()).services())
                        .stream()
                        .map(RolloutNumber::of)
                        .toList();
    }

    /**
     * How far a rollout is in its plan; empty once it has ended, and for a process that a team has drawn: nobody knows
     * which boxes are still to come.
     */
    @Transactional(readOnly = true)
    public Optional<RolloutProgress> progress(Rollout rollout) {
        return rollout.state().isLive() && PlansToSeal.isStandard(rollout.process())
                ? plans.find(rollout.change())
                        .map(plan -> RolloutProgress.of(rollout, plan, steps.list(rollout.id()), clock.instant()))
                : Optional.empty();
    }

    /** What began, in the order in which it began. */
    @Transactional(readOnly = true)
    public List<Step> steps(String number) {
        return steps.list(rows.find(number).id());
    }

    /** Where people see the steps in their tools, by the number of the step. */
    @Transactional(readOnly = true)
    public Map<Integer, String> links(String number) {
        return commands.links(rows.find(number).id());
    }

    /** What the steps wait for whose tools cannot be reached or give no clear answer, by the number of the step. */
    @Transactional(readOnly = true)
    public Map<Integer, Waiting> waiting(String number) {
        return commands.waiting(rows.find(number).id());
    }

    /** What people said about work by hand, by the number of the step; of each the oldest first. */
    @Transactional(readOnly = true)
    public Map<Integer, List<WorkReport>> reports(String number) {
        return reports.list(rows.find(number).id());
    }

    /** What the tool of a step printed, oldest first. */
    @Transactional(readOnly = true)
    public Page<StepLog> log(String number, int seq, PageQuery page) {
        Rollout rollout = rows.find(number);
        steps.find(rollout.id(), seq).orElseThrow(() -> Resolutions.noSuchStep(number, seq));
        return page.page(logs.list(rollout.id(), seq, page.afterNumber().orElse(0), page.fetchSize()), StepLog::id);
    }

    /** What the tools of all steps printed after a piece of that id, oldest first, no more than this many pieces. */
    @Transactional(readOnly = true)
    public List<StepLog> logAfter(String number, long id, int limit) {
        return logs.list(rows.find(number).id(), id, limit);
    }

    /** The steps whose effect may be there, in the order in which they began. */
    @Transactional(readOnly = true)
    public List<Step> stillInPlace(String number) {
        return steps(number).stream().filter(Step::isStillInPlace).toList();
    }

    /** What a rollback would undo now, in the order in which it would. */
    @Transactional(readOnly = true)
    public List<Step> rollbackPreview(String number) {
        return steps(number).stream()
                .filter(step -> step.undoActivity() != null && step.undo() != null && !step.undoSettled())
                .filter(step -> step.state() != StepState.NOT_RUN && step.state() != StepState.HELD)
                .sorted(Comparator.comparingInt(Step::seq).reversed())
                .toList();
    }
}
