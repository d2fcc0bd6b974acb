package io.gatehouse.release;

import io.gatehouse.access.People;
import io.gatehouse.access.Person;
import io.gatehouse.catalog.Services;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.CarriedPackage;
import io.gatehouse.change.CarrierPolicy;
import io.gatehouse.change.CarrierTemplates;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.change.CloseCode;
import io.gatehouse.change.Duties;
import io.gatehouse.change.Window;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.rollout.PlanTemplates;
import io.gatehouse.rollout.RolloutPlanning;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The changes that bring the package of a release somewhere. The policy chooses whether it is a standard one, of the
 * template that the release names, or a normal one. Each is a change like any other: the policy says who approves it, and
 * whoever wrote something of the release neither approves nor reviews it.
 */
@Component
class Carriers {

    private static final int LONGEST_TITLE = 200;

    private final Changes changes;
    private final ChangeProcess changeProcess;
    private final CarrierPolicy policy;
    private final CarrierTemplates templates;
    private final Duties duties;
    private final RolloutPlanning planning;
    private final PlanTemplates planTemplates;
    private final Services services;
    private final People people;
    private final List<ReleaseAuthors> writers;
    private final ScopeChangeRows scopeChanges;
    private final DependencyRows dependencies;

    Carriers(
            Changes changes,
            ChangeProcess changeProcess,
            CarrierPolicy policy,
            CarrierTemplates templates,
            Duties duties,
            RolloutPlanning planning,
            PlanTemplates planTemplates,
            Services services,
            People people,
            List<ReleaseAuthors> writers,
            ScopeChangeRows scopeChanges,
            DependencyRows dependencies) {
        this.changes = changes;
        this.changeProcess = changeProcess;
        this.policy = policy;
        this.templates = templates;
        this.duties = duties;
        this.planning = planning;
        this.planTemplates = planTemplates;
        this.services = services;
        this.people = people;
        this.writers = writers;
        this.scopeChanges = scopeChanges;
        this.dependencies = dependencies;
    }

    /**
     * Raises and submits a change that carries a release, on behalf of whoever confirmed its package.
     *
     * @param template the key of the template of standard changes that is named for this
     * @param rolloutPlan the key of the plan template by which a normal change is rolled out; if absent, the plans of its
     *     services are joined
     * @param carriedBy writes the number of the change down and which kind it is, before anything acts on it
     * @return the digest of the plan template, if it is rolled out by that
     * @throws IllegalStateException if the plan template cannot be filled in, see {@link #whyNoPlan}
     */
    Optional<String> raise(
            Release release,
            String environment,
            @Nullable String template,
            @Nullable String rolloutPlan,
            Window window,
            BiConsumer<String, Carrier> carriedBy) {
        Person requester = confirmer(release);
        CarrierPolicy.Choice choice = policy.choose(packageOf(release, environment, template, requester.id()));
        Change change = choice.isStandard()
                ? raiseStandard(requester, release, Objects.requireNonNull(template), window)
                : changeProcess.raise(requester, contentOf(release, "", environment, window));
        carriedBy.accept(change.number(), new Carrier(choice.type(), choice.because()));
        duties.noteAuthors(change, authors(release));
        policy.keep(change, choice);
        Optional<String> digest =
                choice.isStandard() ? Optional.empty() : plan(change, rolloutPlan, deploymentOrder(release));
        changeProcess.submit(requester, change.number());
        return digest;
    }

    /**
     * Raises and submits a normal change that brings a release there, but everything that it does is undone in the end.
     *
     * @param rolloutPlan as for {@link #raise}
     */
    void rehearse(
            Release release,
            String environment,
            @Nullable String rolloutPlan,
            Window window,
            Consumer<String> carriedBy) {
        Person requester = confirmer(release);
        Change change = changeProcess.raise(requester, contentOf(release, "Rehearsal of ", environment, window));
        carriedBy.accept(change.number());
        duties.noteAuthors(change, authors(release));
        if (rolloutPlan == null) {
            planning.rehearsePlans(change, deploymentOrder(release), release.number());
        } else {
            planTemplates.rehearse(change, rolloutPlan, deploymentOrder(release), release.number());
        }
        changeProcess.submit(requester, change.number());
    }

    private Optional<String> plan(Change change, @Nullable String rolloutPlan, List<String> services) {
        if (rolloutPlan == null) {
            planning.joinPlans(change, services);
            return Optional.empty();
        }
        return Optional.of(planTemplates.plan(change, rolloutPlan, services));
    }

    /** Why a release cannot be rolled out by the plan template that it names; empty if it can, or names none. */
    Optional<String> whyNoPlan(Release release, String environment, @Nullable String rolloutPlan) {
        return Optional.ofNullable(rolloutPlan)
                .flatMap(key ->
                        planTemplates.whyNot(key, environment, release.content().items()))
                .map(why -> "It cannot be rolled out by the plan template " + rolloutPlan + ": " + why + ".");
    }

    /** Whether what a release brings could be taken back by its plan, where it is brought. */
    boolean canRollBack(Release release, String environment, @Nullable String rolloutPlan) {
        List<String> order = deploymentOrder(release);
        List<Artifact> items = release.content().items();
        return rolloutPlan == null
                ? planning.canRollBack(order, environment, items)
                : planTemplates.canRollBack(rolloutPlan, order, environment, items);
    }

    /** Whether a change brought exactly this package to an environment, by the plan that it would have now. */
    boolean broughtThis(Release release, String number, String environment, @Nullable String rolloutPlan) {
        Change change = changes.find(number);
        return change.environment().equals(environment)
                && Set.copyOf(change.artifacts())
                        .equals(Set.copyOf(release.content().items()))
                && isStillPlanned(number, deploymentOrder(release), rolloutPlan);
    }

    private boolean isStillPlanned(String number, List<String> order, @Nullable String rolloutPlan) {
        return rolloutPlan == null
                ? planning.isStillPlanned(number, order)
                : planTemplates.isStillPlanned(number, rolloutPlan, order);
    }

    /** Which kind of change would bring a release there as things are now, and why. */
    Carrier foresee(Release release, String environment, @Nullable String template) {
        String requester = Objects.requireNonNullElse(
                release.progress().confirmedBy(), release.content().manager());
        CarrierPolicy.Choice choice = policy.foresee(packageOf(release, environment, template, requester));
        return new Carrier(choice.type(), choice.because());
    }

    private CarriedPackage packageOf(Release release, String environment, @Nullable String template, String requester) {
        ReleaseContent content = release.content();
        return new CarriedPackage(
                template,
                environment,
                content.items(),
                content.plans(),
                content.questionnaire(),
                scopeChanges.openOf(release.stored()).isEmpty(),
                dependencies.needsDataMigration(release.stored()),
                requester,
                authors(release));
    }

    private Set<String> authors(Release release) {
        Set<String> authors = new TreeSet<>(release.authors());
        writers.forEach(writer -> authors.addAll(writer.authors(release)));
        return authors;
    }

    private List<String> deploymentOrder(Release release) {
        Map<String, Set<String>> needed = new HashMap<>();
        services.findAll(release.content().services())
                .forEach((key, service) -> needed.put(key, service.dependencies()));
        return DeploymentOrder.of(needed);
    }

    private Person confirmer(Release release) {
        String id = Objects.requireNonNull(release.progress().confirmedBy(), "nobody confirmed " + release.number());
        return new Person(id, people.groupsOf(id));
    }

    /** Its template says everything else, and has it rolled out by the plan that was reviewed, and by no other. */
    private Change raiseStandard(Person requester, Release release, String template, Window window) {
        ReleaseContent content = release.content();
        String about = release.number() + ": " + content.name();
        return changeProcess.raiseStandard(
                requester, template, window, templates.details(template, about, content.items()));
    }

    private static ChangeContent contentOf(Release release, String what, String environment, Window window) {
        ReleaseContent content = release.content();
        String where = environment.equals(content.environment()) ? "" : " in " + environment;
        String title = what + release.number() + where + ": " + content.name();
        return new ChangeContent(
                title.substring(0, Math.min(title.length(), LONGEST_TITLE)),
                content.description(),
                content.services(),
                environment,
                window,
                content.plans(),
                content.questionnaire(),
                List.of(),
                content.items());
    }

    /** Gives up a change that nobody wants any more, unless it is at work: then it ends by itself. */
    void drop(Release release, String number) {
        if (find(number).state().isBeforeImplement()) {
            changeProcess.cancel(confirmer(release), number);
        }
    }

    Change find(String number) {
        return changes.glance(number);
    }

    /** Why a change has not brought the package there; empty if it has. A change may have been rewritten on its way. */
    Optional<String> whyNot(Release release, String number, String environment) {
        Change change = changes.find(find(number).number());
        if (!change.state().isFinal()) {
            return Optional.of(change.number() + " is " + change.state() + ".");
        }
        String ended = change.number()
                + (change.state() == ChangeState.CANCELED ? " was canceled" : " was closed as " + change.closeCode());
        if (change.rolledBack()) {
            return Optional.of(ended + " and rolled back.");
        }
        if (change.state() == ChangeState.CANCELED || change.closeCode() == CloseCode.UNSUCCESSFUL) {
            return Optional.of(ended + ".");
        }
        return Set.copyOf(change.artifacts())
                                .equals(Set.copyOf(release.content().items()))
                        && change.environment().equals(environment)
                ? Optional.empty()
                : Optional.of(ended + ", but brought something else than this package.");
    }
}
