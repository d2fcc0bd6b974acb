package io.gatehouse.rollout;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.Authorization;
import io.gatehouse.change.Change;
import io.gatehouse.change.Changes;
import io.gatehouse.change.Duties;
import io.gatehouse.rollout.connector.CommandKind;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;
import org.springframework.stereotype.Service;

/** What people do in a rollout instead of tools, and what they say about it. */
@Service
public class ManualSteps {

    /**
     * Work that waits for a person.
     *
     * @param kind whether the step is to be done or undone
     */
    public record Waiting(Step step, CommandKind kind, ManualWork work) {}

    private static final String REPORT = "POST /api/v1/rollouts/{number}/steps/{seq}/reports";

    private final RolloutRows rollouts;
    private final StepRows steps;
    private final CommandRows commands;
    private final ReportRows reports;
    private final Settlement settlement;
    private final RolloutProcess process;
    private final RolloutAudit audit;
    private final RolloutOwnership ownership;
    private final Changes changes;
    private final Duties duties;
    private final Authorization authorization;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final Contention contention;

    ManualSteps(
            RolloutRows rollouts,
            StepRows steps,
            CommandRows commands,
            ReportRows reports,
            Settlement settlement,
            RolloutProcess process,
            RolloutAudit audit,
            RolloutOwnership ownership,
            Changes changes,
            Duties duties,
            Authorization authorization,
            Permissions permissions,
            CurrentPerson currentPerson,
            Contention contention) {
        this.rollouts = rollouts;
        this.steps = steps;
        this.commands = commands;
        this.reports = reports;
        this.settlement = settlement;
        this.process = process;
        this.audit = audit;
        this.ownership = ownership;
        this.changes = changes;
        this.duties = duties;
        this.authorization = authorization;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.contention = contention;
    }

    /** What a person of this rollout is asked to do now, if anything; the first of several. */
    public Optional<Waiting> waiting(String number) {
        return commands.byHand(rollouts.find(number).id()).stream().findFirst().map(command -> waiting(command));
    }

    /**
     * Refuses who must not do the work of this rollout.
     *
     * @throws ProblemException forbidden, saying why
     */
    public void admit(String number, Person person) {
        admit(rollouts.lock(number), person);
    }

    /**
     * Takes what the current person says over the API, and takes back the task in which people were asked.
     *
     * @throws ProblemException forbidden to whoever must not do it; conflict if nobody is asked to do anything for this
     *     step; invalid if it is said to be done and not everything is ticked, or failed without a word
     */
    public Step report(String number, int seq, WorkResult result, SortedSet<Integer> ticked, String note) {
        return contention.survive(() -> {
            Rollout rollout = rollouts.lock(number);
            Person person = currentPerson.find().orElse(null);
            permissions.require(REPORT, person, () -> ownership.of(rollout));
            steps.find(rollout.id(), seq).orElseThrow(() -> Resolutions.noSuchStep(number, seq));
            Command command = asked(rollout, candidate -> candidate.seq() == seq);
            Change change = admit(rollout, Objects.requireNonNull(person));
            check(command, result, ticked, note);
            // First, because what follows may end the process that holds the task.
            process.workEnded(rollout.id());
            settle(command, change, person, result, ticked, note);
            return steps.get(rollout.id(), seq);
        });
    }

    /** Takes what a person says in a task, which its own process ends. Joins the caller's transaction. */
    public void reportInTask(String number, Person person, WorkResult result, SortedSet<Integer> ticked, String note) {
        Rollout rollout = rollouts.lock(number);
        Command command = asked(rollout, candidate -> true);
        Change change = admit(rollout, person);
        check(command, result, ticked, note);
        settle(command, change, person, result, ticked, note);
    }

    private void settle(
            Command command, Change change, Person person, WorkResult result, SortedSet<Integer> ticked, String note) {
        boolean done = result == WorkResult.DONE;
        commands.move(command, done ? CommandState.DONE : CommandState.FAILED, Duration.ZERO);
        audit.workReported(command, result, reports.insert(command, result, ticked, note, person.id()));
        duties.noteHandAtWork(change, person);
        String detail = note.isBlank() ? "Done by hand" : note;
        if (done) {
            settlement.succeeded(command, detail);
        } else {
            settlement.failed(command, detail, true);
        }
    }

    /** Locked, so that no node looks after it meanwhile. */
    private Command asked(Rollout rollout, Predicate<Command> which) {
        return commands.byHand(rollout.id()).stream()
                .filter(which)
                .findFirst()
                .map(command -> commands.lock(command.id()))
                .orElseThrow(() -> ProblemException.conflict(
                        "no-work-waits",
                        "Nobody is asked to do this",
                        "Nothing of " + rollout.number() + " waits for a person to do it; look at its steps."));
    }

    private Change admit(Rollout rollout, Person person) {
        Change change = changes.lock(rollout.change());
        if (duties.ruled(change, person)) {
            throw ProblemException.forbidden(
                    "segregation-of-duties",
                    "Segregation of duties",
                    "You proposed or let in a version of a policy table that decides about " + change.number()
                            + ", so somebody else has to do its work by hand.");
        }
        authorization.requireNoVoteBy(change, person);
        return change;
    }

    private void check(Command command, WorkResult result, SortedSet<Integer> ticked, String note) {
        int items = waiting(command).work().checklist().size();
        if (ticked.stream().anyMatch(item -> item < 1 || item > items)) {
            throw ProblemException.invalid("ticked", "must be numbers of items, from 1 to " + items);
        }
        if (result == WorkResult.DONE && ticked.size() < items) {
            throw ProblemException.invalid(
                    "ticked", "must be all " + items + " items: it is done when each of them is; else it has failed");
        }
        if (result == WorkResult.FAILED && note.isBlank()) {
            throw ProblemException.invalid("note", "must say why it failed and what was done of it");
        }
    }

    private Waiting waiting(Command command) {
        Step step = steps.get(command.rollout(), command.seq());
        return new Waiting(step, command.kind(), Objects.requireNonNull(step.work(command.kind()), "work"));
    }
}
