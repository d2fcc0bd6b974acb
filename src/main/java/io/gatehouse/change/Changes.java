package io.gatehouse.change;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.catalog.Deployments;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * All changes. Every method that moves a change locks its row first, so two people, two nodes or a timer never act on
 * the same change at once, and writes an audit entry in the same transaction.
 */
@Service
@Transactional
public class Changes {

    private static final Set<String> ON_THEIR_WAY = Stream.of(ChangeState.values())
            .filter(state -> !state.isFinal())
            .map(ChangeState::name)
            .collect(Collectors.toUnmodifiableSet());

    private final ChangeRepository rows;
    private final ChangeProgress progress;
    private final ChangeDetails details;
    private final ChangeContentRules rules;
    private final LockedFields lockedFields;
    private final Deployments deployments;
    private final Duties duties;
    private final ChangeTeams teams;
    private final PlanFingerprint planFingerprint;
    private final PolicyVersions policies;
    private final Emergencies emergencies;
    private final Ecab ecab;
    private final RelationRows relations;
    private final WaitingChanges waiting;
    private final ChangeWork work;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Changes(
            ChangeRepository rows,
            ChangeProgress progress,
            ChangeDetails details,
            ChangeContentRules rules,
            LockedFields lockedFields,
            Deployments deployments,
            Duties duties,
            ChangeTeams teams,
            PlanFingerprint planFingerprint,
            PolicyVersions policies,
            Emergencies emergencies,
            Ecab ecab,
            RelationRows relations,
            WaitingChanges waiting,
            ChangeWork work,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.progress = progress;
        this.details = details;
        this.rules = rules;
        this.lockedFields = lockedFields;
        this.deployments = deployments;
        this.duties = duties;
        this.teams = teams;
        this.planFingerprint = planFingerprint;
        this.policies = policies;
        this.emergencies = emergencies;
        this.ecab = ecab;
        this.relations = relations;
        this.waiting = waiting;
        this.work = work;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** Writes a new change down; it waits in NEW until it is submitted. */
    public Change raise(ChangeType type, String requester, @Nullable String template, ChangeContent content) {
        rules.check(content, now());
        Change change = LockedChanges.add(rows.save(Change.raise(type, requester, template, content, now())));
        details.add(change);
        duties.noteAuthor(change);
        record(change, "change.Raised", Map.of("type", type.name(), "details", change.detailsFingerprint()));
        return change;
    }

    /**
     * Replaces the content of a change that is still NEW.
     *
     * @throws ProblemException invalid where a standard change is to say something else than its template
     */
    public Change rewrite(Change change, ChangeContent content) {
        rules.check(content, now());
        lockedFields.require(withDetails(change), content);
        if (!content.equals(change.content())) {
            duties.noteAuthor(change);
        }
        change.describe(content);
        Change saved = rows.save(change);
        details.replace(saved);
        record(saved, "change.Rewritten", Map.of("details", saved.detailsFingerprint()));
        return saved;
    }

    /** Makes another type of a change that is NEW. Whoever says so has written something of it. */
    public void reclassify(Change change, ChangeType type) {
        duties.noteAuthor(change);
        change.reclassify(type);
        record(rows.save(change), "change.Reclassified", Map.of("type", type.name()));
    }

    /** The numbers of all that are on their way: submitted, and neither closed nor canceled. */
    @Transactional(readOnly = true)
    public List<String> underWay() {
        return rows.submitted(ON_THEIR_WAY).stream().map(ChangeNumber::of).toList();
    }

    /** Whether any change was ever raised. */
    @Transactional(readOnly = true)
    public boolean any() {
        return rows.count() > 0;
    }

    /**
     * Finds a change by its number.
     *
     * @throws ProblemException 404 when there is none
     */
    @Transactional(readOnly = true)
    public Change find(String number) {
        Change change = withDetails(glance(number));
        change.attach(emergencies.find(change).orElse(null));
        change.attachRelations(relations.of(change));
        change.attachTasksLeft(work.left(change));
        return change;
    }

    /** Finds a change by its number; its services and links may be missing, which most questions do not need. */
    @Transactional(readOnly = true)
    public Change glance(String number) {
        long id = idOf(number);
        return LockedChanges.find(id).or(() -> rows.findById(id)).orElseThrow(() -> unknown(number));
    }

    /** Finds a change and locks it until the transaction ends; its services and links may be missing. */
    public Change lock(String number) {
        long id = idOf(number);
        return LockedChanges.find(id)
                .or(() -> rows.findWithLockById(id).map(LockedChanges::add))
                .orElseThrow(() -> unknown(number));
    }

    public void submit(Change change) {
        rules.checkWindow(change.window(), now());
        withDetails(change);
        String scope = Scope.of(change, planFingerprint.of(change)).fingerprint();
        change.submit(scope);
        save(
                change,
                "change.Submitted",
                Map.of(
                        "round",
                        change.approvalRound(),
                        "scope",
                        scope,
                        "policies",
                        policies.pin(change),
                        "teams",
                        teams.keep(change)));
    }

    public void assess(Change change, Risk risk, List<String> reasons) {
        change.assess(risk, reasons);
        save(change, "change.Assessed", Map.of("risk", risk.name()));
    }

    public void beginAuthorization(Change change) {
        change.beginAuthorization();
        save(change, "change.AuthorizationBegun", Map.of());
    }

    public void schedule(Change change) {
        change.schedule();
        save(
                change,
                "change.Scheduled",
                Map.of("startsAt", change.window().startsAt().toString()));
    }

    public void beginImplementation(Change change) {
        change.beginImplementation();
        save(change, "change.ImplementationBegun", Map.of());
        if (change.type() == ChangeType.EMERGENCY) {
            ecab.begun(change);
        }
        work.goneOn(change);
    }

    public void finishImplementation(Change change, @Nullable String by, CloseCode result, boolean rolledBack) {
        RelatedChange before = RelatedChange.of(change);
        change.finishImplementation(by, result, rolledBack);
        if (by != null) {
            duties.noteImplementer(change);
        }
        if (result != CloseCode.UNSUCCESSFUL && !rolledBack) {
            recordDeployments(withDetails(change));
        }
        save(change, "change.Implemented", Map.of("result", result.name(), "rolledBack", rolledBack));
        waiting.tell(before, change);
        work.goneOn(change);
    }

    public void review(Change change, String by, CloseCode verdict) {
        work.requireAllDone(change);
        change.review(by, verdict);
        save(change, "change.Reviewed", Map.of("verdict", verdict.name()));
    }

    public void close(Change change) {
        work.requireAllDone(change);
        RelatedChange before = RelatedChange.of(change);
        change.close(now());
        save(change, "change.Closed", Map.of("closeCode", String.valueOf(change.closeCode())));
        waiting.tell(before, change);
        events.publishEvent(new ChangeEnded(change.number()));
    }

    public void cancel(Change change) {
        RelatedChange before = RelatedChange.of(change);
        change.cancel(now());
        save(change, "change.Canceled", Map.of());
        waiting.tell(before, change);
        work.giveUp(change);
        events.publishEvent(new ChangeEnded(change.number()));
    }

    /** Gives a change up that another has made needless by being closed successfully. */
    public void supersede(Change change, Relation by) {
        RelatedChange before = RelatedChange.of(change);
        change.supersede(by.change() + " supersedes it and was closed successfully.", now());
        save(change, "change.Canceled", Map.of("supersededBy", by.change()));
        waiting.tell(before, change);
        work.giveUp(change);
        events.publishEvent(new ChangeEnded(change.number()));
    }

    /** Something about its relations to other changes has been written. */
    void noteRelation(Change change, String action, Map<String, ?> facts) {
        save(change, action, facts);
    }

    /** Sends a change back to its requester; the reason is shown to them. */
    public void sendBack(Change change, String reason) {
        RelatedChange before = RelatedChange.of(change);
        change.sendBack(reason);
        save(change, "change.SentBack", Map.of("round", change.approvalRound()));
        waiting.tell(before, change);
        work.dropConditions(change);
    }

    /** Takes up a change whose process is gone. What was not implemented yet goes back to its requester. */
    public void takeUp(Change change) {
        record(change, "change.ProcessLost", Map.of());
        if (change.onHoldBecause() != null) {
            resume(change);
        }
        if (change.state().isBeforeImplement() && change.state() != ChangeState.NEW) {
            sendBack(change, "Its process was deleted. Submit it again.");
        }
    }

    public void hold(Change change, String reason) {
        change.hold(reason);
        save(change, "change.Held", Map.of());
        emergencies.stop(change);
        work.park(change);
    }

    public void resume(Change change) {
        change.resume();
        save(change, "change.Resumed", Map.of());
        emergencies.goOn(change);
        work.restore(change);
    }

    /** The other changes that touch one of these services in this environment while the window is open. */
    @Transactional(readOnly = true)
    public List<Overlap> overlaps(Change change) {
        return details.overlaps(change);
    }

    private void recordDeployments(Change change) {
        change.artifacts()
                .forEach(artifact -> deployments.record(
                        artifact.service(),
                        change.environment(),
                        artifact.version(),
                        artifact.digest(),
                        change.number(),
                        now()));
    }

    private void save(Change change, String action, Map<String, ?> facts) {
        progress.write(change);
        record(change, action, facts);
    }

    private void record(Change change, String action, Map<String, ?> facts) {
        Map<String, Object> all = new TreeMap<>(facts);
        all.put("state", change.state().name());
        all.put("row", change.fingerprint());
        audit.record(action, change.number(), all);
    }

    /** Loads the services and links of a change that was locked. */
    public Change withDetails(Change change) {
        if (!change.hasDetails()) {
            details.load(change);
        }
        return change;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static long idOf(String number) {
        return ChangeNumber.idOf(number).orElseThrow(() -> unknown(number));
    }

    private static ProblemException unknown(String number) {
        return ProblemException.notFound(
                "change-not-found",
                "No such change",
                "There is no change " + number + "; numbers look like CHG-000123.");
    }
}
