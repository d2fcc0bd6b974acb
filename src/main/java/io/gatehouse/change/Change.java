package io.gatehouse.change;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A change request. It owns its state: every transition goes through a method here that refuses what the rules do not
 * allow, wherever the engine's token may stand.
 */
@Table("change_request")
public class Change {

    @Id
    private @Nullable Long id;

    @Version
    private long version;

    private ChangeType type;
    private ChangeState state = ChangeState.NEW;
    private final String requester;
    private final @Nullable String templateKey;
    private final Instant createdAt;

    private String title;
    private @Nullable String description;
    private String environmentKey;

    @Embedded(onEmpty = Embedded.OnEmpty.USE_NULL, prefix = "window_")
    private Window window;

    @Embedded(onEmpty = Embedded.OnEmpty.USE_NULL)
    private @Nullable PlanColumns plans;

    private boolean dataMigration;
    private boolean downtime;
    private boolean backoutTested;
    private @Nullable String ifNotDone;

    private int approvalRound;
    private @Nullable Risk risk;
    private @Nullable String riskReasons;
    private @Nullable String returnedBecause;
    private @Nullable String onHoldBecause;
    private @Nullable String implementer;
    private @Nullable String reviewer;
    private @Nullable CloseCode closeCode;
    private boolean rolledBack;
    private @Nullable Instant closedAt;

    /** What was submitted, as the fingerprint of its {@link Scope}. */
    private @Nullable String scopeSha256;

    /** Whether {@link Duties} has more to say about it than this row. */
    private boolean dutiesShared;

    /** Whether it has or had relations to other changes. */
    private boolean related;

    /** Whether {@link ChangeTasks} has any of it. */
    private boolean hasTasks;

    /** Rows of their own, loaded by {@link Changes#find} but not by {@link Changes#lock}: most steps do not need them. */
    @Transient
    private @Nullable SortedSet<String> services;

    @Transient
    private List<Link> links = List.of();

    @Transient
    private List<Artifact> artifacts = List.of();

    @Transient
    private @Nullable Emergency emergency;

    @Transient
    private List<Relation> relations = List.of();

    @Transient
    private List<ChangeTask> tasksLeft = List.of();

    Change(
            ChangeType type,
            String requester,
            @Nullable String templateKey,
            Instant createdAt,
            String title,
            String environmentKey,
            Window window) {
        this.type = type;
        this.requester = requester;
        this.templateKey = templateKey;
        this.createdAt = createdAt;
        this.title = title;
        this.environmentKey = environmentKey;
        this.window = window;
    }

    static Change raise(
            ChangeType type, String requester, @Nullable String templateKey, ChangeContent content, Instant now) {
        Change change =
                new Change(type, requester, templateKey, now, content.title(), content.environment(), content.window());
        change.describe(content);
        return change;
    }

    /**
     * The change of a row. By hand, because this row is read at each step of every change and the mapping of the framework
     * took a twentieth of the processor time of the server.
     */
    static Change of(ResultSet row) throws SQLException {
        Change change = new Change(
                ChangeType.valueOf(row.getString("type")),
                row.getString("requester"),
                row.getString("template_key"),
                moment(row, "created_at"),
                row.getString("title"),
                row.getString("environment_key"),
                new Window(moment(row, "window_starts_at"), moment(row, "window_ends_at")));
        change.id = row.getLong("id");
        change.version = row.getLong("version");
        change.state = ChangeState.valueOf(row.getString("state"));
        change.description = row.getString("description");
        change.plans = new PlanColumns(
                row.getString("implementation_plan"),
                row.getString("test_plan"),
                row.getString("backout_plan"),
                row.getString("communication_plan"));
        change.dataMigration = row.getBoolean("data_migration");
        change.downtime = row.getBoolean("downtime");
        change.backoutTested = row.getBoolean("backout_tested");
        change.ifNotDone = row.getString("if_not_done");
        change.approvalRound = row.getInt("approval_round");
        String risk = row.getString("risk");
        change.risk = risk == null ? null : Risk.valueOf(risk);
        change.riskReasons = row.getString("risk_reasons");
        change.returnedBecause = row.getString("returned_because");
        change.onHoldBecause = row.getString("on_hold_because");
        change.implementer = row.getString("implementer");
        change.reviewer = row.getString("reviewer");
        String closeCode = row.getString("close_code");
        change.closeCode = closeCode == null ? null : CloseCode.valueOf(closeCode);
        change.rolledBack = row.getBoolean("rolled_back");
        LocalDateTime closedAt = row.getObject("closed_at", LocalDateTime.class);
        change.closedAt = closedAt == null ? null : closedAt.toInstant(ZoneOffset.UTC);
        change.scopeSha256 = row.getString("scope_sha256");
        change.dutiesShared = row.getBoolean("duties_shared");
        change.related = row.getBoolean("related");
        change.hasTasks = row.getBoolean("has_tasks");
        return change;
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    /** Replaces what the requester wrote. Only while nothing is decided: afterwards the change goes back to NEW first. */
    void describe(ChangeContent content) {
        requireState("be rewritten", ChangeState.NEW);
        title = content.title();
        description = content.description();
        environmentKey = content.environment();
        window = content.window();
        plans = PlanColumns.of(content.plans());
        dataMigration = content.questionnaire().dataMigration();
        downtime = content.questionnaire().downtime();
        backoutTested = content.questionnaire().backoutTested();
        ifNotDone = content.questionnaire().ifNotDone();
        attach(content.services(), content.links(), content.artifacts());
    }

    /** Makes another type of it, which takes another way. Only while nothing is decided, and never a standard one. */
    void reclassify(ChangeType wanted) {
        requireState("be reclassified", ChangeState.NEW);
        if (type == ChangeType.STANDARD || wanted == ChangeType.STANDARD) {
            throw ProblemException.conflict(
                    "change-type",
                    "Not possible for a standard change",
                    "A standard change is what its template says. Raise another change instead of reclassifying "
                            + number() + ".");
        }
        type = wanted;
    }

    /** What the requester wrote; the details must be loaded. */
    ChangeContent content() {
        return new ChangeContent(
                title, description, services(), environmentKey, window, plans(), questionnaire(), links, artifacts);
    }

    boolean hasDetails() {
        return services != null;
    }

    void attach(Set<String> newServices, List<Link> newLinks, List<Artifact> newArtifacts) {
        services = new TreeSet<>(newServices);
        links = List.copyOf(newLinks);
        artifacts = List.copyOf(newArtifacts);
    }

    void attach(@Nullable Emergency present) {
        emergency = present;
    }

    void attachRelations(List<Relation> present) {
        relations = List.copyOf(present);
    }

    void attachTasksLeft(List<ChangeTask> present) {
        tasksLeft = List.copyOf(present);
    }

    /**
     * Changes with anything in its row that somebody could alter to their advantage; goes into the audit trail with every
     * step, so that a row that was altered by other means can be told. {@code docs/audit.md} says how it is made.
     */
    String fingerprint() {
        Plans written = plans();
        return Fingerprint.of(
                id,
                version,
                type,
                state,
                title,
                description,
                environmentKey,
                templateKey,
                requester,
                window.startsAt(),
                window.endsAt(),
                written.implementation(),
                written.test(),
                written.backout(),
                written.communication(),
                dataMigration,
                downtime,
                backoutTested,
                approvalRound,
                risk,
                riskReasons,
                returnedBecause,
                onHoldBecause,
                implementer,
                reviewer,
                closeCode,
                rolledBack,
                createdAt,
                closedAt,
                scopeSha256,
                ifNotDone == null ? List.of() : List.of(ifNotDone));
    }

    /** As {@link #fingerprint} for the rows of its services and links. */
    String detailsFingerprint() {
        Scope scope = Scope.of(this, null);
        return Fingerprint.of(
                scope.items().size(),
                scope.items().stream()
                        .flatMap(item -> Stream.of(item.service(), item.version(), item.digest()))
                        .toList(),
                links.stream()
                        .flatMap(link -> Stream.of(link.title(), link.url()))
                        .toList());
    }

    /** Starts a new round of approvals: whatever was approved before no longer counts. */
    void submit(String scope) {
        requireState("be submitted", ChangeState.NEW);
        scopeSha256 = scope;
        approvalRound++;
        returnedBecause = null;
    }

    void assess(Risk assessedRisk, List<String> reasons) {
        transition(ChangeState.ASSESS);
        risk = assessedRisk;
        riskReasons = String.join("\n", reasons);
    }

    void beginAuthorization() {
        transition(ChangeState.AUTHORIZE);
    }

    void schedule() {
        transition(ChangeState.SCHEDULED);
    }

    void beginImplementation() {
        requireNotOnHold();
        transition(ChangeState.IMPLEMENT);
    }

    void finishImplementation(@Nullable String by, CloseCode result, boolean wasRolledBack) {
        transition(ChangeState.REVIEW);
        implementer = by;
        closeCode = result;
        rolledBack = wasRolledBack;
    }

    void review(String by, CloseCode verdict) {
        requireState("be reviewed", ChangeState.REVIEW);
        reviewer = by;
        closeCode = verdict;
    }

    void close(Instant now) {
        transition(ChangeState.CLOSED);
        closedAt = now;
    }

    void cancel(Instant now) {
        transition(ChangeState.CANCELED);
        onHoldBecause = null;
        closedAt = now;
    }

    /** Given up because another change has made it needless. */
    void supersede(String reason, Instant now) {
        cancel(now);
        returnedBecause = reason;
    }

    /** Back to NEW, to be revised: a rejection, a revision, or a slot that is no longer free. */
    void sendBack(String reason) {
        transition(ChangeState.NEW);
        returnedBecause = reason;
        risk = null;
        riskReasons = null;
    }

    void hold(String reason) {
        if (state.isFinal() || !state.isBeforeImplement()) {
            throw wrongState("be put on hold");
        }
        if (onHoldBecause != null) {
            throw conflict(number() + " is already on hold: " + onHoldBecause);
        }
        onHoldBecause = reason;
    }

    void resume() {
        if (onHoldBecause == null) {
            throw conflict(number() + " is not on hold.");
        }
        onHoldBecause = null;
    }

    /** Refuses whatever must wait until the change is resumed. */
    public void requireNotOnHold() {
        if (onHoldBecause != null) {
            throw conflict(number() + " is on hold: " + onHoldBecause + ". Resume it first.");
        }
    }

    /** Refuses with a sentence unless the change is in this state. */
    public void requireState(String toDoWhat, ChangeState expected) {
        if (state != expected) {
            throw wrongState(toDoWhat);
        }
    }

    private void transition(ChangeState target) {
        if (!state.next(type).contains(target)) {
            throw wrongState("become " + target);
        }
        state = target;
    }

    private ProblemException wrongState(String toDoWhat) {
        return conflict(number() + " is " + state + " and cannot " + toDoWhat + ".");
    }

    private static ProblemException conflict(String detail) {
        return ProblemException.conflict("change-state", "Not possible in this state", detail);
    }

    long id() {
        if (id == null) {
            throw new IllegalStateException("Not stored yet");
        }
        return id;
    }

    /** The number people say: {@code CHG-000123}. */
    public String number() {
        return ChangeNumber.of(id());
    }

    public long version() {
        return version;
    }

    /** Its row has been written, which counts up the version there. */
    void wasWritten() {
        version++;
    }

    public ChangeType type() {
        return type;
    }

    public ChangeState state() {
        return state;
    }

    /** The fingerprint of what was submitted last; absent before, and for changes submitted before it was kept. */
    public @Nullable String scope() {
        return scopeSha256;
    }

    boolean dutiesShared() {
        return dutiesShared;
    }

    void shareDuties() {
        dutiesShared = true;
    }

    boolean related() {
        return related;
    }

    void relate() {
        related = true;
    }

    boolean hasTasks() {
        return hasTasks;
    }

    void gotTasks() {
        hasTasks = true;
    }

    public String requester() {
        return requester;
    }

    public @Nullable String template() {
        return templateKey;
    }

    public String title() {
        return title;
    }

    public @Nullable String description() {
        return description;
    }

    public String environment() {
        return environmentKey;
    }

    /**
     * The keys of the services that are changed.
     *
     * @throws IllegalStateException on a change that was locked and not completed by {@link Changes#withDetails}
     */
    public SortedSet<String> services() {
        if (services == null) {
            throw new IllegalStateException("The services of " + number() + " are not loaded");
        }
        return Collections.unmodifiableSortedSet(services);
    }

    public List<Link> links() {
        return links;
    }

    /** What it brings, for those of its services that get a new version; loaded with the services. */
    public List<Artifact> artifacts() {
        return artifacts;
    }

    /** How an emergency is authorised; loaded by {@link Changes#find}, and absent before the policy was asked. */
    public @Nullable Emergency emergency() {
        return emergency;
    }

    /** What it has to do with other changes, oldest first; loaded by {@link Changes#find}. */
    public List<Relation> relations() {
        return relations;
    }

    /** What still has to be done for it, oldest first; loaded by {@link Changes#find}. */
    public List<ChangeTask> tasksLeft() {
        return tasksLeft;
    }

    public Window window() {
        return window;
    }

    public Plans plans() {
        return plans == null ? Plans.NONE : plans.toPlans();
    }

    public Questionnaire questionnaire() {
        return new Questionnaire(dataMigration, downtime, backoutTested, ifNotDone);
    }

    /** Counts submissions; approvals of earlier rounds are kept but no longer count. */
    public int approvalRound() {
        return approvalRound;
    }

    public @Nullable Risk risk() {
        return risk;
    }

    /** Why the risk is what it is, worst first. */
    public List<String> riskReasons() {
        return riskReasons == null ? List.of() : riskReasons.lines().toList();
    }

    @Nullable
    String riskReasonsAsWritten() {
        return riskReasons;
    }

    public @Nullable String returnedBecause() {
        return returnedBecause;
    }

    public @Nullable String onHoldBecause() {
        return onHoldBecause;
    }

    public @Nullable String implementer() {
        return implementer;
    }

    public @Nullable String reviewer() {
        return reviewer;
    }

    public @Nullable CloseCode closeCode() {
        return closeCode;
    }

    public boolean rolledBack() {
        return rolledBack;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public @Nullable Instant closedAt() {
        return closedAt;
    }
}
