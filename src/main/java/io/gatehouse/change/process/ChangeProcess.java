package io.gatehouse.change.process;

import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.ChangeOwnership;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeTemplates;
import io.gatehouse.change.ChangeType;
import io.gatehouse.change.Changes;
import io.gatehouse.change.OpenDetails;
import io.gatehouse.change.Relations;
import io.gatehouse.change.StandardChangeRaised;
import io.gatehouse.change.TemplateUses;
import io.gatehouse.change.TemplateVersion;
import io.gatehouse.change.Window;
import io.gatehouse.engine.ProcessMessages;
import io.gatehouse.engine.ProcessStarts;
import io.gatehouse.engine.RunningProcesses;
import io.gatehouse.engine.Tasks;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people do to a change from outside its diagram: submit, revise, hold, resume, cancel. Our row and the engine's
 * step commit together.
 */
@Service
@Transactional
public class ChangeProcess {

    private static final String RAISE = "POST /api/v1/changes";
    private static final String REWRITE = "PUT /api/v1/changes/{number}";
    private static final String STEP = RAISE + "/{number}/";

    private final Changes changes;
    private final ChangeOwnership ownership;
    private final Permissions permissions;
    private final ChangeTemplates templates;
    private final TemplateUses uses;
    private final Relations relations;
    private final RuntimeService engine;
    private final Tasks tasks;
    private final RunningProcesses processes;
    private final ProcessMessages messages;
    private final ProcessStarts starts;
    private final ApplicationEventPublisher events;

    ChangeProcess(
            Changes changes,
            ChangeOwnership ownership,
            Permissions permissions,
            ChangeTemplates templates,
            TemplateUses uses,
            Relations relations,
            RuntimeService engine,
            Tasks tasks,
            RunningProcesses processes,
            ProcessMessages messages,
            ProcessStarts starts,
            ApplicationEventPublisher events) {
        this.changes = changes;
        this.ownership = ownership;
        this.permissions = permissions;
        this.templates = templates;
        this.uses = uses;
        this.relations = relations;
        this.engine = engine;
        this.tasks = tasks;
        this.processes = processes;
        this.messages = messages;
        this.starts = starts;
        this.events = events;
    }

    /** Writes a normal change down. */
    public Change raise(Person requester, ChangeContent content) {
        permissions.require(RAISE, requester, () -> ownership.ofNew(requester.id(), content));
        return changes.raise(ChangeType.NORMAL, requester.id(), null, content);
    }

    /**
     * Writes an emergency change down.
     *
     * @throws ProblemException forbidden to tools: that something is an emergency is for a person to say
     */
    public Change raiseEmergency(Person requester, ChangeContent content) {
        permissions.require(RAISE, requester, () -> ownership.ofNew(requester.id(), content));
        requirePerson(requester);
        return changes.raise(ChangeType.EMERGENCY, requester.id(), null, content);
    }

    private static void requirePerson(Person person) {
        if (person.isTool()) {
            throw ProblemException.forbidden(
                    "not-allowed", "Not allowed", "That something is an emergency is for a person to say, not a tool.");
        }
    }

    /** Writes a standard change down: its template says everything but the window. */
    public Change raiseStandard(Person requester, String template, Window window) {
        return raiseStandard(requester, template, window, OpenDetails.NONE);
    }

    /** Writes a standard change down: its template says everything but the window and what it leaves open. */
    public Change raiseStandard(Person requester, String template, Window window, OpenDetails details) {
        permissions.require(RAISE, requester);
        ChangeTemplates.Raising raising = templates.contentOf(template, window, details);
        permissions.require(RAISE, requester, () -> ownership.ofNew(requester.id(), raising.content()));
        Change change = changes.raise(ChangeType.STANDARD, requester.id(), template, raising.content());
        TemplateVersion version = raising.version();
        if (version != null) {
            uses.note(change, version);
        }
        events.publishEvent(
                new StandardChangeRaised(change.number(), template, version == null ? null : version.number()));
        return change;
    }

    /** Replaces the content of a change that is NEW. A tool may not name services that are not its own either. */
    public Change rewrite(Person person, Change change, ChangeContent content) {
        permissions.require(REWRITE, person, () -> ownership.of(change));
        permissions.require(REWRITE, person, () -> ownership.ofNew(change.requester(), content));
        changes.rewrite(change, content);
        return changes.find(change.number());
    }

    /**
     * Makes another type of a change that is NEW. One that was sent back waits for its requester at the same place of the
     * other process.
     */
    public Change reclassify(Person person, String number, ChangeType type) {
        Change change = changes.lock(number);
        require("reclassification", change, person);
        change.requireNotOnHold();
        requirePerson(person);
        if (change.type() != type) {
            changes.reclassify(change, type);
            if (wasSubmittedBefore(change)) {
                correlate(number, ChangeModel.CHANGE_CANCELED);
                startAt(placesFor(change), change);
            }
        }
        return changes.find(number);
    }

    /** Starts the change on its way; one that was sent back takes up the way it is on. */
    public Change submit(Person person, String number) {
        Change change = changes.lock(number);
        require("submission", change, person);
        change.requireNotOnHold();
        if (wasSubmittedBefore(change)) {
            change.requireState("be submitted", ChangeState.NEW);
            tasks.submit(number, ChangeModel.REVISE_CHANGE, null, Map.of("action", "RESUBMIT"));
        } else {
            changes.submit(change);
            start(change);
        }
        return changes.find(number);
    }

    /** Takes a change that is under way back to its requester; every approval then counts no longer. */
    public Change revise(Person person, String number, String reason) {
        Change change = changes.lock(number);
        require("revision", change, person);
        change.requireNotOnHold();
        changes.sendBack(change, reason);
        correlate(number, ChangeModel.REVISION_REQUESTED);
        return changes.find(number);
    }

    public Change hold(Person person, String number, String reason) {
        Change change = changes.lock(number);
        require("hold", change, person);
        changes.hold(change, reason);
        if (wasSubmittedBefore(change)) {
            correlate(number, ChangeModel.CHANGE_HELD);
        }
        return changes.find(number);
    }

    public Change resume(Person person, String number) {
        Change change = changes.lock(number);
        require("resumption", change, person);
        changes.resume(change);
        if (wasSubmittedBefore(change)) {
            correlate(number, ChangeModel.CHANGE_RESUMED);
        }
        return changes.find(number);
    }

    /** Gives a change up. Refused while a rollout is at work: that one is rolled back, not abandoned. */
    public Change cancel(Person person, String number) {
        Change change = changes.lock(number);
        require("cancellation", change, person);
        if (isRollingOut(number)) {
            throw ProblemException.conflict(
                    "rollout-alive",
                    "A rollout is at work",
                    number + " is being rolled out. Roll it back instead: POST /api/v1/rollouts/{number}/rollback.");
        }
        changes.cancel(change);
        if (wasSubmittedBefore(change)) {
            correlate(number, ChangeModel.CHANGE_CANCELED);
        }
        return changes.find(number);
    }

    /** Gives up a change that has not started and that another has made needless by being closed successfully. */
    void supersede(String number) {
        Change change = changes.lock(number);
        if (!change.state().isBeforeImplement()) {
            return;
        }
        relations.supersession(change).ifPresent(by -> {
            changes.supersede(change, by);
            if (wasSubmittedBefore(change)) {
                correlate(number, ChangeModel.CHANGE_CANCELED);
            }
        });
    }

    /**
     * Gives a change whose process somebody has deleted a new one, which begins at the task in which people say how it
     * goes on: revise it, report what was implemented, or review it.
     */
    void takeUp(String number) {
        Change change = changes.lock(number);
        if (wasSubmittedBefore(change) && !change.state().isFinal() && !processes.exists(number)) {
            changes.takeUp(change);
            startAt(placesFor(change), change);
        }
    }

    private void startAt(List<String> places, Change change) {
        starts.before(places, processOf(change), change.number(), Map.of(ChangeModel.CHANGE_NUMBER, change.number()));
    }

    private static List<String> placesFor(Change change) {
        boolean emergency = change.type() == ChangeType.EMERGENCY;
        String implement = ChangeModel.ACTIVITY + ChangeModel.IMPLEMENT_CHANGE;
        return switch (change.state()) {
            case IMPLEMENT -> emergency ? List.of(implement, ChangeModel.APPROVAL_STILL_DUE) : List.of(implement);
                // Who has to approve an emergency afterwards does so before it is reviewed.
            case REVIEW -> List.of(
                    emergency ? ChangeModel.APPROVAL_STILL_DUE : ChangeModel.ACTIVITY + ChangeModel.REVIEW_CHANGE);
            default -> List.of(ChangeModel.ACTIVITY + ChangeModel.REVISE_CHANGE);
        };
    }

    private void start(Change change) {
        starts.start(processOf(change), change.number(), Map.of(ChangeModel.CHANGE_NUMBER, change.number()));
    }

    private static String processOf(Change change) {
        return switch (change.type()) {
            case STANDARD -> ChangeModel.STANDARD_CHANGE;
            case NORMAL -> ChangeModel.NORMAL_CHANGE;
            case EMERGENCY -> ChangeModel.EMERGENCY_CHANGE;
        };
    }

    /** To all who wait: on hold, the parked tasks and a start that came too late wait for the same message. */
    private void correlate(String number, String message) {
        if (!messages.send(message, number)) {
            throw ProblemException.conflict(
                    "change-state", "Not possible in this state", number + " is at a step that cannot be interrupted.");
        }
    }

    private boolean isRollingOut(String number) {
        return engine.createExecutionQuery()
                        .processInstanceBusinessKey(number)
                        .activityId(ChangeModel.RUN_ROLLOUT)
                        .count()
                > 0;
    }

    private static boolean wasSubmittedBefore(Change change) {
        return change.approvalRound() > 0;
    }

    private void require(String step, Change change, Person person) {
        permissions.require(STEP + step, person, () -> ownership.of(change));
    }
}
