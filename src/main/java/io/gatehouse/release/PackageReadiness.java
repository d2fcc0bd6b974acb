package io.gatehouse.release;

import io.gatehouse.calendar.Freeze;
import io.gatehouse.calendar.Freezes;
import io.gatehouse.change.Artifact;
import io.gatehouse.rollout.RolloutPlanning;
import java.util.ArrayList;
import java.util.List;
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

    PackageReadiness(Freezes freezes, RolloutPlanning planning) {
        this.freezes = freezes;
        this.planning = planning;
    }

    @Override
    public List<ReadinessItem> of(Release release) {
        ReleaseContent content = release.content();
        List<ReadinessItem> items = new ArrayList<>();
        items.add(digests(content));
        items.add(plan("implementation-plan", content.plans().implementation(), content));
        items.add(plan("test-plan", content.plans().test(), content));
        items.add(plan("backout-plan", content.plans().backout(), content));
        items.add(plan("communication-plan", content.plans().communication(), content));
        items.add(
                content.questionnaire().backoutTested()
                        ? new ReadinessItem("backout-tested", true, "the way back has been tried")
                        : new ReadinessItem(
                                "backout-tested", false, "the way back has not been tried; " + who(content)));
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
                ? new ReadinessItem("digests", true, "each item of the package has its digest")
                : new ReadinessItem(
                        "digests", false, "no digest says what exactly " + without + " gets; " + who(content));
    }

    private static ReadinessItem plan(String criterion, @Nullable String plan, ReleaseContent content) {
        return plan == null || plan.isBlank()
                ? new ReadinessItem(criterion, false, "it is not written; " + who(content))
                : new ReadinessItem(criterion, true, "it is written");
    }

    private ReadinessItem rolloutPlan(ReleaseContent content) {
        String without = content.services().stream()
                .filter(service -> !planning.canJoin(List.of(service)))
                .collect(Collectors.joining(", "));
        return without.isEmpty()
                ? new ReadinessItem("rollout-plan", true, "tools deploy each service, after those that it needs")
                : new ReadinessItem(
                        "rollout-plan",
                        false,
                        "people deploy all of it by hand, because no plan says how " + without
                                + " is rolled out; ask the team of each");
    }

    private ReadinessItem freezeClear(ReleaseContent content) {
        String inTheWay = freezes.in(content.environment(), content.services(), content.window()).stream()
                .map(Freeze::name)
                .collect(Collectors.joining(", "));
        return inTheWay.isEmpty()
                ? new ReadinessItem("freeze-clear", true, "no freeze is in its window")
                : new ReadinessItem(
                        "freeze-clear",
                        false,
                        "in its window is the freeze " + inTheWay + "; change managers declared it");
    }

    private static String who(ReleaseContent content) {
        return "ask " + content.manager();
    }
}
