package io.gatehouse.release.train;

import io.gatehouse.api.InvalidField;
import io.gatehouse.api.ProblemException;
import io.gatehouse.catalog.Services;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What people may write of a train; every breach is named at once. */
@Component
class TrainRules {

    private final Services services;

    TrainRules(Services services) {
        this.services = services;
    }

    void check(Schedule schedule) {
        List<InvalidField> wrong = new ArrayList<>();
        Days.check("startsOn", schedule.startsOn(), wrong);
        Days.check("releasesOn", schedule.releasesOn(), wrong);
        if (schedule.releasesOn().isBefore(schedule.startsOn())) {
            wrong.add(new InvalidField("releasesOn", "must not be before startsOn"));
        }
        Set<String> known = services.tiers(schedule.milestones().stream()
                        .map(Milestone::service)
                        .filter(Objects::nonNull)
                        .toList())
                .keySet();
        Set<List<Object>> seen = new HashSet<>();
        for (Milestone one : schedule.milestones()) {
            milestone(one, known, wrong);
            if (!seen.add(List.of(one.name(), one.startsOn()))) {
                wrong.add(milestones(one, "must not be two of one name that start on the same day"));
            }
        }
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }

    private static void milestone(Milestone one, Set<String> known, List<InvalidField> wrong) {
        Days.check("milestones", one.startsOn(), wrong);
        Days.check("milestones", one.endsOn(), wrong);
        if (one.endsOn().isBefore(one.startsOn())) {
            wrong.add(milestones(one, "must not end before they start"));
        }
        if (one.service() != null && !known.contains(one.service())) {
            wrong.add(milestones(one, "must name services in the catalog, and others as 'about'"));
        }
        if (one.service() != null && one.about() != null) {
            wrong.add(milestones(one, "must be about a service or about somebody else"));
        }
    }

    private static InvalidField milestones(Milestone one, String message) {
        return new InvalidField("milestones", "%s ('%s' of %s)".formatted(message, one.name(), one.startsOn()));
    }
}
