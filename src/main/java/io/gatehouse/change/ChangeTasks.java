package io.gatehouse.change;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.catalog.Services;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What has to be done for changes besides the changes themselves. Whoever moves a task locks its change first, so that two
 * people never do the same one, and nobody does one of a change that was given up in the same instant.
 */
@Service
@Transactional
public class ChangeTasks {

    private static final String ADD = "POST /api/v1/changes/{number}/tasks";
    private static final String EDIT = "PUT /api/v1/change-tasks/{number}";
    private static final String CANCEL = "POST /api/v1/change-tasks/{number}/cancellation";

    private static final int MOST = 100;

    private final Changes changes;
    private final ChangeOwnership ownership;
    private final Services services;
    private final ChangeTaskRows rows;
    private final ChangeTaskRecord record;
    private final ChangeTaskRules rules;
    private final ChangeWork work;
    private final Duties duties;
    private final Authorization authorization;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;

    ChangeTasks(
            Changes changes,
            ChangeOwnership ownership,
            Services services,
            ChangeTaskRows rows,
            ChangeTaskRecord record,
            ChangeTaskRules rules,
            ChangeWork work,
            Duties duties,
            Authorization authorization,
            Permissions permissions,
            CurrentPerson currentPerson) {
        this.changes = changes;
        this.ownership = ownership;
        this.services = services;
        this.rows = rows;
        this.record = record;
        this.rules = rules;
        this.work = work;
        this.duties = duties;
        this.authorization = authorization;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
    }

    /** All of a change, in the order in which they were added. */
    @Transactional(readOnly = true)
    public List<ChangeTask> of(Change change) {
        return rows.of(change.id());
    }

    /** What each condition of a board became when its vote was settled; also once that is over. */
    @Transactional(readOnly = true)
    public Map<ChangeTask.ConditionKey, String> numbersOfConditions(Change change) {
        return change.hasTasks()
                ? rows.of(change.id()).stream()
                        .filter(task -> task.condition() != null)
                        .collect(Collectors.toMap(ChangeTask::condition, ChangeTask::number))
                : Map.of();
    }

    /** The task of this number, or the problem {@code change-task-not-found}. */
    @Transactional(readOnly = true)
    public ChangeTask get(String number) {
        return ChangeTaskNumber.findId(number).stream()
                .boxed()
                .flatMap(id -> rows.find(id).stream())
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "change-task-not-found",
                        "No such task",
                        "No task of a change is called " + number + "; numbers look like TASK-000123."));
    }

    /** The task as it is now, its change locked. */
    public ChangeTask lock(String number) {
        changes.lock(get(number).change());
        return get(number);
    }

    /**
     * Adds a task, whatever is approved already: it only makes the change stricter.
     *
     * @throws ProblemException conflict if the change is past the phase of the task
     */
    public ChangeTask add(String number, ChangeTaskContent content) {
        Change change = changes.lock(number);
        permissions.require(ADD, person(), () -> ownership.of(change));
        rules.check(content);
        if (!content.phase().isToComeIn(change.state())) {
            throw ProblemException.conflict(
                    "change-state",
                    "Not possible in this state",
                    number + " is " + change.state() + "; nothing is left to be done "
                            + content.phase().sentence() + ".");
        }
        if (rows.of(change.id()).size() >= MOST) {
            throw ProblemException.conflict(
                    "too-many-tasks", "Too many tasks", number + " has " + MOST + " tasks, which is most.");
        }
        return open(change, content, null);
    }

    /**
     * Opens the task for a condition of a board: for the team of the first of the change's services by key.
     *
     * @param position which condition of the present round
     */
    public void addForCondition(Change change, int position, String demanded) {
        SortedMap<String, String> teams =
                new TreeMap<>(services.ownerGroups(changes.withDetails(change).services()));
        open(
                change,
                new ChangeTaskContent(
                        "Condition " + position + " of the board",
                        demanded,
                        TaskPhase.BEFORE,
                        null,
                        teams.get(teams.firstKey()),
                        null,
                        null),
                new ChangeTask.ConditionKey(change.approvalRound(), position));
    }

    /** A condition is accepted as met, so nobody is asked for it any more: if it was not done, it is by this. */
    public void accept(Change change, int position, Person person, String note) {
        ChangeTask.ConditionKey condition = new ChangeTask.ConditionKey(change.approvalRound(), position);
        work.left(change).stream()
                .filter(task -> condition.equals(task.condition()))
                .forEach(task -> {
                    work.end(record.save("change.TaskDone", task.finish(person.id(), note, work.now())));
                    work.over(change);
                });
    }

    private ChangeTask open(Change change, ChangeTaskContent content, ChangeTask.@Nullable ConditionKey condition) {
        ChangeTask added =
                record.add(change, ChangeTask.open(change, content, condition, currentPerson.idOrSystem(), work.now()));
        work.offer(change, added);
        return added;
    }

    /** Writes it anew; whoever has it then is asked, and nobody else. */
    public ChangeTask edit(String number, ChangeTaskContent content, Precondition precondition) {
        ChangeTask task = lock(number);
        Change change = changes.lock(task.change());
        permissions.require(EDIT, person(), () -> ownership.of(change));
        precondition.check(task.version());
        rules.check(content);
        ChangeTask edited = record.save("change.TaskEdited", task.describe(content, isReliedOn(change, task)));
        if (ChangeWork.isOffered(change, edited)) {
            work.move(change, edited);
        }
        return edited;
    }

    /** From when the change was submitted, approvers rely on what must be done before it starts. */
    private static boolean isReliedOn(Change change, ChangeTask task) {
        return task.condition() != null
                || task.content().phase() == TaskPhase.BEFORE && change.state() != ChangeState.NEW;
    }

    /** Refuses whoever must not do this task now. */
    public void admit(String number, Person person) {
        ChangeTask task = lock(number);
        Change change = changes.lock(task.change());
        task.requireOpen("be done");
        change.requireNotOnHold();
        if (!ChangeWork.isOffered(change, task)) {
            throw ProblemException.conflict(
                    "change-state",
                    "Not possible in this state",
                    number + " is done " + task.content().phase().sentence() + "; " + change.number() + " is "
                            + change.state() + ".");
        }
        if (task.content().phase() == TaskPhase.DURING) {
            requireImpartial(change, person);
        }
    }

    /** Whoever does a part of a change must not have decided about it by a rule or a vote, as who implements it. */
    private void requireImpartial(Change change, Person person) {
        if (duties.ruled(change, person)) {
            throw ProblemException.forbidden(
                    "segregation-of-duties",
                    "Segregation of duties",
                    "You proposed or let in a version of a policy table that decides about " + change.number()
                            + ", so somebody else has to do what belongs to its implementation.");
        }
        authorization.requireNoVoteBy(change, person);
    }

    /** Takes it up: from now on it is this person's. */
    public void begin(String number, Person person) {
        record.save("change.TaskBegun", lock(number).begin(person.id(), work.now()));
    }

    public void finish(String number, Person person, String note) {
        ChangeTask task = lock(number);
        Change change = changes.lock(task.change());
        record.save("change.TaskDone", task.finish(person.id(), note, work.now()));
        if (task.content().phase() == TaskPhase.DURING) {
            duties.noteHandAtWork(change, person);
        }
        work.over(change);
    }

    /**
     * Gives a task up.
     *
     * @throws ProblemException forbidden to all but change managers who did not write the change, if the start waits for it
     *     and the change was submitted
     */
    public ChangeTask cancel(String number, String reason) {
        ChangeTask task = lock(number);
        Change change = changes.lock(task.change());
        Person person = person();
        permissions.require(CANCEL, person, () -> ownership.of(change));
        if (isReliedOn(change, task)) {
            requireMayWaive(change, task, person);
        }
        ChangeTask canceled = record.save("change.TaskCanceled", task.cancel(person.id(), reason, work.now()));
        work.end(canceled);
        work.over(change);
        return canceled;
    }

    private void requireMayWaive(Change change, ChangeTask task, Person person) {
        if (!permissions.allowsAll(CANCEL, person)) {
            throw ProblemException.forbidden(
                    "not-allowed",
                    "Not allowed",
                    change.number() + " was submitted with " + task.number()
                            + " to be done before it starts; only a change manager gives that up.");
        }
        if (duties.wrote(change, person.id())) {
            throw ProblemException.forbidden(
                    "segregation-of-duties",
                    "Segregation of duties",
                    "You wrote " + change.number() + " or answer for a tool that did, so somebody else has to say that "
                            + task.number() + " need not be done.");
        }
    }

    private Person person() {
        return currentPerson.find().orElseThrow();
    }
}
