package io.gatehouse.rollout;

import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.Change;
import io.gatehouse.change.Changes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Plans that are kept under a name, for whatever is rolled out in that way. Such a plan says {@code ${service}} where it
 * means the service, and is filled in for each service of a package; all of them are joined into one plan.
 */
@Service
@Transactional
public class PlanTemplates {

    /** A template as it is now. */
    public record Template(String key, RolloutPlanning.Stored stored) {}

    static final String PREFIX = "plan-template-";

    private static final String SERVICE = "${service}";

    /** A name, too, that stands for nothing before a change takes the plan over. */
    private static final String NOT_KNOWN_YET = "${environment}";

    private final PlanRows plans;
    private final PlanRules rules;
    private final RolloutPlanning planning;
    private final Changes changes;
    private final PlanAudit audit;

    PlanTemplates(PlanRows plans, PlanRules rules, RolloutPlanning planning, Changes changes, PlanAudit audit) {
        this.plans = plans;
        this.rules = rules;
        this.planning = planning;
        this.changes = changes;
        this.audit = audit;
    }

    @Transactional(readOnly = true)
    public Optional<Template> find(String key) {
        return CatalogKey.isWellFormed(key)
                ? plans.find(PREFIX + key).map(stored -> template(key, stored))
                : Optional.empty();
    }

    /** In the order of their keys. */
    @Transactional(readOnly = true)
    public Page<Template> list(PageQuery page) {
        List<Template> found =
                plans.list(PREFIX, Objects.requireNonNullElse(page.after(), ""), page.fetchSize()).entrySet().stream()
                        .map(one -> template(one.getKey(), one.getValue()))
                        .toList();
        return page.page(found, Template::key);
    }

    /**
     * Writes a template. Whatever was rolled out by it before was rolled out by another plan.
     *
     * @throws ProblemException invalid, naming each field that is wrong
     */
    public Template put(String key, RolloutPlan plan, Precondition precondition) {
        Optional<PlanRows.Stored> before = plans.lock(PREFIX + key);
        before.ifPresentOrElse(stored -> precondition.check(stored.version()), precondition::checkAbsent);
        if (!plan.process().equals(RolloutPlan.STANDARD_PROCESS)) {
            throw ProblemException.invalid(
                    "process",
                    "must be " + RolloutPlan.STANDARD_PROCESS
                            + ": a process that a team has drawn cannot be joined for several services");
        }
        rules.check(JointPlan.altered(plan, value -> value.replace(SERVICE, NOT_KNOWN_YET)), PlanNames.notKnownYet());
        if (before.isPresent()) {
            plans.update(PREFIX + key, plan);
        } else {
            plans.insert(PREFIX + key, plan);
        }
        audit.written(PREFIX + key, plan);
        return find(key).orElseThrow();
    }

    /** The digests of what is written in some templates now; without those that there are not. */
    @Transactional(readOnly = true)
    public Map<String, String> digests(Collection<String> keys) {
        Map<String, String> digests = new LinkedHashMap<>();
        keys.forEach(key -> plans.written(PREFIX + key).ifPresent(written -> digests.put(key, written.fingerprint())));
        return digests;
    }

    /** Why a package cannot be rolled out by a template; empty if it can. */
    @Transactional(readOnly = true)
    public Optional<String> whyNot(String key, String environment, List<Artifact> brought) {
        List<String> services = brought.stream().map(Artifact::service).toList();
        return find(key)
                .map(template -> rules.breaches(joint(template, services), PlanNames.of(environment, brought)).stream()
                        .findFirst()
                        .map(PlanTemplates::sentence))
                .orElseGet(() -> Optional.of("there is no such template; GET /api/v1/rollout-plan-templates"));
    }

    private static String sentence(InvalidField wrong) {
        return wrong.field() + " " + wrong.message();
    }

    /**
     * Gives a change the plan that is made of a template, as it is at this moment; until the transaction ends nobody alters
     * that.
     *
     * @param services in the order in which they are to be deployed
     * @return the digest of the template
     * @throws IllegalStateException if there is none, or the change cannot be rolled out by it
     */
    public String plan(Change change, String key, List<String> services) {
        RolloutPlan plan = joint(lock(key), services);
        if (!rules.fits(changes.withDetails(change), plan)) {
            throw new IllegalStateException(change.number() + " cannot be rolled out by the template " + key);
        }
        plans.insert(change.number(), plan);
        audit.written(change.number(), plan);
        return plans.written(PREFIX + key).orElseThrow().fingerprint();
    }

    /**
     * Gives a change the plan that is made of a template, by which everything that it does is undone in the end.
     *
     * @param services in the order in which they are to be deployed
     * @param tried what is tried out, by its number
     * @throws IllegalStateException if there is none
     * @throws ProblemException conflict if the change cannot be rolled out by it
     */
    public void rehearse(Change change, String key, List<String> services, String tried) {
        planning.rehearse(change, joint(lock(key), services), tried);
    }

    /** Whether services are rolled out by a template in an environment, and could be taken back. */
    @Transactional(readOnly = true)
    public boolean canRollBack(String key, List<String> services, String environment, List<Artifact> brought) {
        return find(key)
                .filter(template -> planning.canRollBack(joint(template, services), environment, brought))
                .isPresent();
    }

    /** Whether a change was rolled out by the plan that is made of a template now. */
    @Transactional(readOnly = true)
    public boolean isStillPlanned(String change, String key, List<String> services) {
        return find(key)
                .filter(template -> planning.isPlanned(change, joint(template, services)))
                .isPresent();
    }

    private Template lock(String key) {
        return plans.lock(PREFIX + key)
                .map(stored -> template(key, stored))
                .orElseThrow(() -> new IllegalStateException("There is no rollout plan template " + key));
    }

    private static RolloutPlan joint(Template template, List<String> services) {
        LinkedHashMap<String, RolloutPlan> all = new LinkedHashMap<>();
        services.forEach(service -> all.put(
                service, JointPlan.altered(template.stored().plan(), value -> value.replace(SERVICE, service))));
        return JointPlan.of(all);
    }

    private static Template template(String key, PlanRows.Stored stored) {
        return new Template(key, new RolloutPlanning.Stored(stored.plan(), stored.version()));
    }
}
