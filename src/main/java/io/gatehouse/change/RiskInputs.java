package io.gatehouse.change;

import io.gatehouse.catalog.DependencyGraph;
import io.gatehouse.catalog.Services;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.springframework.stereotype.Component;

/** What {@code AssessChangeRisk} is told about a change; {@code docs/policy.md} says where each comes from. */
@Component
class RiskInputs {

    /** The tier of nobody, when nothing depends on what is changed. */
    static final int NO_DEPENDENTS = 5;

    private static final long MINUTES_OF_AN_HOUR = 60;

    private final ChangeSurroundings surroundings;
    private final Services services;
    private final PastChanges past;
    private final Collisions collisions;
    private final PolicyProperties settings;
    private final Clock clock;

    RiskInputs(
            ChangeSurroundings surroundings,
            Services services,
            PastChanges past,
            Collisions collisions,
            PolicyProperties settings,
            Clock clock) {
        this.surroundings = surroundings;
        this.services = services;
        this.past = past;
        this.collisions = collisions;
        this.settings = settings;
        this.clock = clock;
    }

    Map<String, Object> of(Change change) {
        ChangeSurroundings.Known known = surroundings.of(change);
        DependencyGraph graph = services.dependencyGraph();
        SortedMap<String, Integer> dependents = graph.dependents(change.services());
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("tier", known.mostCriticalTier());
        inputs.put("production", known.environment().production());
        inputs.put("environmentKind", known.environment().kind().name());
        inputs.put("serviceCount", change.services().size());
        inputs.put("dataMigration", change.questionnaire().dataMigration());
        inputs.put("downtime", change.questionnaire().downtime());
        inputs.put("backoutTested", change.questionnaire().backoutTested());
        inputs.put("dependentCount", dependents.size());
        inputs.put(
                "dependentTier",
                dependents.values().stream().min(Integer::compare).orElse(NO_DEPENDENTS));
        inputs.put(
                "windowTime",
                WindowTime.of(change.window(), settings.timeZone()).name());
        inputs.put("windowHours", hours(change.window()));
        inputs.put("collision", collisions.of(change, graph).name());
        record(change, known, inputs);
        return inputs;
    }

    private static int hours(Window window) {
        long minutes = Duration.between(window.startsAt(), window.endsAt()).toMinutes();
        return (int) ((minutes + MINUTES_OF_AN_HOUR - 1) / MINUTES_OF_AN_HOUR);
    }

    /** How earlier changes went: of its services, and of all services of the teams that own those. */
    private void record(Change change, ChangeSurroundings.Known known, Map<String, Object> inputs) {
        Instant now = clock.instant();
        List<PastChanges.Past> changes = past.of(change, known.services().keySet(), now);
        inputs.put("serviceScore", worst(change.services(), service -> score(changes, service::equals, now)));
        inputs.put("teamScore", worst(known.teams(), team -> score(changes, known.servicesOf(team)::contains, now)));
        inputs.put(
                "familiarity",
                worst(
                        change.services(),
                        service -> wentWell(
                                changes, service, one -> one.requester().equals(change.requester()))));
        inputs.put(
                "teamFamiliarity",
                worst(change.services(), service -> wentWell(changes, service, PastChanges.Past::sameTeam)));
        inputs.put("incidents", incidents(change.services(), changes));
    }

    private static int wentWell(List<PastChanges.Past> changes, String service, Predicate<PastChanges.Past> counts) {
        return (int) changes.stream()
                .filter(one -> one.service().equals(service) && one.wentWell() && counts.test(one))
                .count();
    }

    /** Those that earlier changes of these services caused; a change of several counts once. */
    private static int incidents(Set<String> services, List<PastChanges.Past> changes) {
        Map<Long, Integer> caused = new HashMap<>();
        changes.stream()
                .filter(one -> services.contains(one.service()))
                .forEach(one -> caused.put(one.change(), one.incidents()));
        return caused.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** A change of several services of a team counts once. */
    private static int score(List<PastChanges.Past> changes, Predicate<String> counts, Instant now) {
        Map<Long, SuccessScore.Outcome> outcomes = new HashMap<>();
        changes.stream()
                .filter(one -> counts.test(one.service()))
                .forEach(one -> outcomes.put(one.change(), one.outcome()));
        return SuccessScore.of(outcomes.values(), now);
    }

    private static int worst(Set<String> subjects, ToIntFunction<String> value) {
        return subjects.stream().mapToInt(value).min().orElse(0);
    }
}
