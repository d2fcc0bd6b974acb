package io.gatehouse.release;

import io.gatehouse.access.Roles;
import io.gatehouse.calendar.Freeze;
import io.gatehouse.calendar.Freezes;
import io.gatehouse.catalog.Services;
import io.gatehouse.change.Artifact;
import io.gatehouse.rollout.PlanTemplates;
import io.gatehouse.rollout.RolloutPlanning;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What is written of a release, whether tools can roll it out, and whether the calendar lets it. */
@Component
@Order(1)
class PackageReadiness implements ReadinessCheck {

    private final Freezes freezes;
    private final RolloutPlanning planning;
    private final PlanTemplates planTemplates;
    private final Services services;

    PackageReadiness(Freezes freezes, RolloutPlanning planning, PlanTemplates planTemplates, Services services) {
        this.freezes = freezes;
        this.planning = planning;
        this.planTemplates = planTemplates;
        this.services = services;
    }

    @Override
    public List<ReadinessItem> of(Release release) {
        ReleaseContent content = release.content();
        List<ReadinessItem> items = new ArrayList<>();
        items.add(digests(content));
        items.add(plan("implementation-plan", content.plans().implementation(), content));
        items.add(plan("test-plan", content.plans().test(), content));
        items.add(plan("backout-plan", content.plans().backout(), content));
        items.add(rolloutPlan(content));
        items.add(freezeClear(content));
        return items;
    }

    private static ReadinessItem digests(ReleaseContent content) {
        String without = content.items().stream()
                .filter(item -> item.digest() == null)
                .map(Artifact::service)
                .collect(Collectors.joining(", "));
        return without.isEmpty()
                ? ReadinessItem.met("digests", "each item of the package has its digest")
                : ReadinessItem.missing(
                        "digests", "no digest says what exactly " + without + " gets", content.manager());
    }

    private static ReadinessItem plan(String criterion, @Nullable String plan, ReleaseContent content) {
        return plan == null || plan.isBlank()
                ? ReadinessItem.missing(criterion, ReadinessItem.NOT_WRITTEN, content.manager())
                : ReadinessItem.met(criterion, ReadinessItem.WRITTEN);
    }

    private ReadinessItem rolloutPlan(ReleaseContent content) {
        String template = content.rolloutPlan();
        if (template != null) {
            return planTemplates
                    .whyNot(template, content.environment(), content.items())
                    .map(why -> ReadinessItem.missing(
                            "rollout-plan",
                            "it cannot be rolled out by the plan template " + template + ": " + why,
                            content.manager()))
                    .orElseGet(() -> ReadinessItem.met(
                            "rollout-plan",
                            "tools deploy each service by the plan template " + template + ", "
                                    + planTemplates.digests(List.of(template)).get(template)));
        }
        List<String> without = content.services().stream()
                .filter(service -> !planning.canJoin(List.of(service)))
                .toList();
        return without.isEmpty()
                ? ReadinessItem.met("rollout-plan", "tools deploy each service, after those that it needs")
                : ReadinessItem.missing(
                        "rollout-plan",
                        "people deploy all of it by hand, because no plan says how " + String.join(", ", without)
                                + " is rolled out",
                        String.join(
                                ", ",
                                new TreeSet<>(services.ownerGroups(without).values())));
    }

    private ReadinessItem freezeClear(ReleaseContent content) {
        String inTheWay = freezes.in(content.environment(), content.services(), content.window()).stream()
                .map(Freeze::name)
                .collect(Collectors.joining(", "));
        return inTheWay.isEmpty()
                ? ReadinessItem.met("freeze-clear", "no freeze is in its window")
                : ReadinessItem.missing(
                        "freeze-clear", "in its window is the freeze " + inTheWay, Roles.CHANGE_MANAGER);
    }
}
