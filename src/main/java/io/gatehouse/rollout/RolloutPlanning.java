package io.gatehouse.rollout;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.Fingerprint;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeType;
import io.gatehouse.change.Changes;
import io.gatehouse.change.Duties;
import io.gatehouse.change.StandardChangeRaised;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The plans of changes, written by their requesters while nothing is decided yet. */
@Service
@Transactional
public class RolloutPlanning {

    /** A plan and the version to name when replacing it, from 1. */
    public record Stored(RolloutPlan plan, long version) {}

    static final String TEMPLATE = "template-";
    static final String SERVICE = "plan-of-";

    private final PlanRows plans;
    private final PlanRules rules;
    private final Changes changes;
    private final Duties duties;
    private final PlanAudit audit;

    RolloutPlanning(PlanRows plans, PlanRules rules, Changes changes, Duties duties, PlanAudit audit) {
        this.plans = plans;
        this.rules = rules;
        this.changes = changes;
        this.duties = duties;
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
        if (change.type() == ChangeType.STANDARD) {
            throw ProblemException.conflict(
                    "plan-fixed",
                    "Plan fixed by the template",
                    "A standard change is authorised by its template, so " + change.number() + " is rolled out as "
                            + change.template() + " says and in no other way.");
        }
        if (findIfPresent(number)
                .filter(stored -> stored.plan().rehearses() != null)
                .isPresent()) {
            throw ProblemException.conflict(
                    "plan-fixed",
                    "Plan fixed by the rehearsal",
                    number + " is a rehearsal, so it is rolled out by the plan it tries out and in no other way.");
        }
        return change;
    }

    /** Writes the plan of a change that is a rehearsal; it stays as it is. */
    void writeRehearsal(Change rehearsal, RolloutPlan plan) {
        plans.insert(rehearsal.number(), plan);
        audit.written(rehearsal.number(), plan);
    }

    /**
     * Writes the plan of a change, whose values may name what it brings.
     *
     * @throws ProblemException invalid, naming each field that is wrong
     */
    public Stored write(Change change, RolloutPlan plan) {
        rules.check(plan, PlanNames.of(changes.withDetails(change)));
        duties.noteAuthor(change);
        return write(change.number(), plan);
    }

    /** Finds the plan of every standard change from a template that has no version. */
    @Transactional(readOnly = true)
    public Optional<Stored> findForTemplate(String template) {
        return findIfPresent(TEMPLATE + template);
    }

    /** Writes the plan of a template that ships, and has no version yet. */
    public Stored writeForTemplate(String template, RolloutPlan plan) {
        rules.check(plan, PlanNames.notKnownYet());
        return write(TEMPLATE + template, plan);
    }

    /** Writes the plan of a version of a template, by its number, which is reviewed along with it. */
    public Stored writeForVersion(String number, RolloutPlan plan) {
        rules.check(plan, PlanNames.notKnownYet());
        return write(number, plan);
    }

    /** Finds the plan by which a service is rolled out as a rule. */
    @Transactional(readOnly = true)
    public Optional<Stored> findForService(String service) {
        return findIfPresent(SERVICE + service);
    }

    /** Writes a plan that changes of a service may take over from now on. */
    public Stored writeForService(String service, RolloutPlan plan) {
        rules.check(plan, PlanNames.notKnownYet());
        return write(SERVICE + service, plan);
    }

    /**
     * Gives a change the plan of one of its services, as it is at this moment.
     *
     * @throws ProblemException invalid if the service is none of the change or has no plan; conflict if the change has
     *     one already or cannot be rolled out by this one
     */
    public Stored takeOver(Change change, String service) {
        if (findIfPresent(change.number()).isPresent()) {
            throw ProblemException.conflict(
                    "plan-exists",
                    "There is a rollout plan",
                    change.number() + " has a rollout plan already; PUT another one in its place.");
        }
        RolloutPlan plan = Optional.of(service)
                .filter(changes.withDetails(change).services()::contains)
                .flatMap(this::findForService)
                .map(Stored::plan)
                .orElseThrow(() -> ProblemException.invalid(
                        "service", "must be the key of a service of the change that has a rollout plan"));
        rules.requireFit(change, plan);
        return write(change, plan);
    }

    /** Whether each of these services has a plan that can be joined with those of others. */
    @Transactional(readOnly = true)
    public boolean canJoin(Collection<String> services) {
        return services.stream().allMatch(service -> joinable(service).isPresent());
    }

    /**
     * Gives a change one plan made of the plans of its services, as they are at this moment; none, if a service has none
     * or they do not fit the change, which people then implement by hand.
     *
     * @param services in the order in which they are to be deployed
     */
    public void joinPlans(Change change, List<String> services) {
        joint(services)
                .filter(joint -> rules.fits(changes.withDetails(change), joint))
                .ifPresent(joint -> write(change.number(), joint));
    }

    /** Whether tools, or people asked one by one, roll these services out in an environment, and could take them back. */
    @Transactional(readOnly = true)
    public boolean canRollBack(List<String> services, String environment, List<Artifact> artifacts) {
        return joint(services)
                .filter(plan -> canRollBack(plan, environment, artifacts))
                .isPresent();
    }

    boolean canRollBack(RolloutPlan plan, String environment, List<Artifact> artifacts) {
        return rules.fits(plan, environment, artifacts) && plan.steps().stream().anyMatch(step -> step.undo() != null);
    }

    /** Whether a change was rolled out by the plan that is made of the plans of these services now. */
    @Transactional(readOnly = true)
    public boolean isStillPlanned(String change, List<String> services) {
        return joint(services).filter(plan -> isPlanned(change, plan)).isPresent();
    }

    /** Whether a change was rolled out by a plan, or rehearsed it. */
    boolean isPlanned(String change, RolloutPlan plan) {
        return plans.find(change)
                .filter(stored -> stored.plan().rehearsing(null).equals(plan))
                .isPresent();
    }

    /**
     * Gives a change one plan made of the plans of its services, by which everything that it does is undone in the end.
     *
     * @param tried what is tried out, by its number
     * @throws ProblemException conflict if they do not fit the change
     */
    public void rehearsePlans(Change change, List<String> services, String tried) {
        rehearse(
                change,
                joint(services)
                        .orElseThrow(
                                () -> new IllegalStateException("No plan says how " + services + " are rolled out")),
                tried);
    }

    void rehearse(Change change, RolloutPlan plan, String tried) {
        Change whole = changes.withDetails(change);
        rules.requireFit(whole, plan);
        writeRehearsal(
                change,
                plan.rehearsing(new RehearsalOf(
                        tried, Fingerprint.of(plan.toString()), RehearsalOf.brings(whole), change.environment())));
    }

    private Optional<RolloutPlan> joint(List<String> services) {
        LinkedHashMap<String, RolloutPlan> each = new LinkedHashMap<>();
        services.forEach(service -> joinable(service).ifPresent(plan -> each.put(service, plan)));
        return each.isEmpty() || each.size() < services.size() ? Optional.empty() : Optional.of(JointPlan.of(each));
    }

    private Optional<RolloutPlan> joinable(String service) {
        return findForService(service).map(Stored::plan).filter(plan -> plan.process()
                .equals(RolloutPlan.STANDARD_PROCESS));
    }

    /**
     * A standard change takes over the plan of the version it is raised from.
     *
     * @throws ProblemException conflict if the change does not bring what the plan names
     */
    @EventListener
    void takeOver(StandardChangeRaised change) {
        findIfPresent(change.version() == null ? TEMPLATE + change.template() : change.version())
                .ifPresent(template -> {
                    rules.requireFit(changes.find(change.number()), template.plan());
                    plans.insert(change.number(), template.plan());
                    audit.written(change.number(), template.plan());
                });
    }

    private Stored write(String plannedFor, RolloutPlan plan) {
        if (plans.find(plannedFor).isPresent()) {
            plans.update(plannedFor, plan);
        } else {
            plans.insert(plannedFor, plan);
        }
        audit.written(plannedFor, plan);
        return find(plannedFor);
    }
}
