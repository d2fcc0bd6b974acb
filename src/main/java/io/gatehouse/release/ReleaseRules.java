package io.gatehouse.release;

import io.gatehouse.access.People;
import io.gatehouse.access.Permissions;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.ProblemException;
import io.gatehouse.catalog.Environment;
import io.gatehouse.catalog.Environments;
import io.gatehouse.catalog.Services;
import io.gatehouse.change.Artifact;
import io.gatehouse.release.train.Days;
import io.gatehouse.release.train.Trains;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What people may write of a release; every breach is named at once. */
@Component
class ReleaseRules {

    static final Duration LONGEST_WINDOW = Duration.ofDays(31);

    private final Services services;
    private final Environments environments;
    private final Trains trains;
    private final StageRules stageRules;
    private final CarrierRules carrierRules;
    private final People people;
    private final Permissions permissions;

    ReleaseRules(
            Services services,
            Environments environments,
            Trains trains,
            StageRules stageRules,
            CarrierRules carrierRules,
            People people,
            Permissions permissions) {
        this.services = services;
        this.environments = environments;
        this.trains = trains;
        this.stageRules = stageRules;
        this.carrierRules = carrierRules;
        this.people = people;
        this.permissions = permissions;
    }

    /** @param before what was written of the release so far; nothing of a new one */
    void checkWritten(ReleaseContent content, @Nullable ReleaseContent before, Instant now) {
        List<InvalidField> wrong = breaches(content, now);
        wrong.addAll(carrierRules.breaches(content, before));
        refuse(wrong);
    }

    void check(ReleaseContent content, Instant now) {
        refuse(breaches(content, now));
    }

    private static void refuse(List<InvalidField> wrong) {
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }

    /**
     * The same without what its train says already, so that a release that is written as it was read has no series of its
     * own.
     *
     * @throws ProblemException invalid if its train is of another series
     */
    ReleaseContent settled(ReleaseContent content) {
        if (content.train() == null || content.series() == null) {
            return content;
        }
        String ofTrain = trains.series(List.of(content.train())).get(content.train());
        if (ofTrain == null) {
            return content;
        }
        if (!ofTrain.equals(content.series())) {
            throw ProblemException.invalid("series", "must be " + ofTrain + ", as of its train, or not be given");
        }
        return content.ofSeriesOfTrain();
    }

    List<InvalidField> breaches(ReleaseContent content, Instant now) {
        List<InvalidField> wrong = new ArrayList<>();
        window(content, now, wrong);
        if (!environments
                .find(content.environment())
                .filter(Environment::production)
                .isPresent()) {
            wrong.add(new InvalidField(
                    "environment", "must be the key of a production environment in the catalog: a release ends there"));
        }
        items(content.items(), wrong);
        train(content, wrong);
        manager(content.manager(), wrong);
        seats(content.seats(), wrong);
        wrong.addAll(stageRules.breaches(content));
        return wrong;
    }

    private static void window(ReleaseContent content, Instant now, List<InvalidField> wrong) {
        Instant startsAt = content.window().startsAt();
        Instant endsAt = content.window().endsAt();
        if (!startsAt.isBefore(endsAt)) {
            wrong.add(new InvalidField("window.endsAt", "must be after window.startsAt"));
        } else if (Duration.between(startsAt, endsAt).compareTo(LONGEST_WINDOW) > 0) {
            wrong.add(new InvalidField("window.endsAt", "must be at most 31 days after window.startsAt"));
        }
        if (content.window().isOverAt(now)) {
            wrong.add(new InvalidField("window.endsAt", "must be in the future"));
        }
        Days.check("readyOn", content.readyOn(), wrong);
        if (content.readyOn().isAfter(startsAt.atZone(ZoneOffset.UTC).toLocalDate())) {
            wrong.add(new InvalidField(
                    "readyOn",
                    "must not be after the day of window.startsAt, in UTC: what is not ready is not deployed"));
        }
    }

    private void items(List<Artifact> items, List<InvalidField> wrong) {
        Set<String> known = services.tiers(items.stream().map(Artifact::service).collect(Collectors.toSet()))
                .keySet();
        Set<String> seen = new HashSet<>();
        for (Artifact item : items) {
            if (!known.contains(item.service())) {
                wrong.add(new InvalidField("items", "must name services in the catalog, not '" + item.service() + "'"));
            } else if (!seen.add(item.service())) {
                wrong.add(new InvalidField("items", "must name each service once, not '" + item.service() + "' again"));
            }
        }
    }

    /** What is wrong with a package. */
    List<InvalidField> breachesOfItems(List<Artifact> items) {
        List<InvalidField> wrong = new ArrayList<>();
        items(items, wrong);
        return wrong;
    }

    /** What is wrong with the seats of a release or a template. */
    List<InvalidField> breaches(List<GoNoGoSeat> seats) {
        List<InvalidField> wrong = new ArrayList<>();
        seats(seats, wrong);
        return wrong;
    }

    private void seats(List<GoNoGoSeat> seats, List<InvalidField> wrong) {
        Set<String> seen = new HashSet<>();
        for (GoNoGoSeat seat : seats) {
            if (!permissions.isRole(seat.seat()) || !permissions.mayBeAsked(ReleaseModel.VOTE, seat.seat())) {
                wrong.add(new InvalidField("seats", "must be roles that may vote, not '" + seat.seat() + "'"));
            } else if (!seen.add(seat.seat())) {
                wrong.add(new InvalidField("seats", "must name each role once, not '" + seat.seat() + "' again"));
            }
        }
    }

    private void train(ReleaseContent content, List<InvalidField> wrong) {
        if (content.train() == null) {
            return;
        }
        Optional<LocalDate> releasesOn = trains.releasesOn(content.train());
        if (releasesOn.isEmpty()) {
            wrong.add(new InvalidField("train", "must be the key of a train"));
        } else if (content.readyOn().isAfter(releasesOn.get())) {
            wrong.add(
                    new InvalidField("readyOn", "must not be after " + releasesOn.get() + ", when its train releases"));
        }
    }

    private void manager(String manager, List<InvalidField> wrong) {
        if (!people.isActive(manager)) {
            wrong.add(new InvalidField("manager", "must be somebody who can sign in"));
            return;
        }
        Set<String> groups = people.groupsOf(manager);
        // Of whom no group is known, as of somebody who has not signed in yet, nothing can be said about roles.
        if (!groups.isEmpty()) {
            permissions
                    .unanswerable(ReleaseModel.CONFIRM_PACKAGE, manager, groups)
                    .ifPresent(why ->
                            wrong.add(new InvalidField("manager", "must be somebody who may lead a release: " + why)));
        }
    }
}
