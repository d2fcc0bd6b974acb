package io.gatehouse.release;

import static java.util.function.Predicate.not;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.Fingerprint;
import io.gatehouse.change.Artifact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is put into production together. Each step is a method here that refuses what is not allowed and gives the release
 * as it is then.
 *
 * @param stored what is stored of its number
 * @param version counts every write
 * @param authors the ids of those who wrote something of it
 */
public record Release(
        long id,
        String stored,
        long version,
        ReleaseContent content,
        SortedSet<String> authors,
        ReleaseProgress progress,
        String plannedBy,
        Instant plannedAt) {

    public static Release plan(String stored, ReleaseContent content, String by, Instant now) {
        return new Release(0, stored, 1, content, new TreeSet<>(List.of(by)), ReleaseProgress.NONE, by, now);
    }

    Release withId(long given) {
        return new Release(given, stored, version, content, authors, progress, plannedBy, plannedAt);
    }

    /** Writes it anew, until its package is confirmed. */
    Release describe(ReleaseContent wanted, String by) {
        require("be written anew", ReleaseState.PLANNED, ReleaseState.PREPARING);
        SortedSet<String> all = new TreeSet<>(authors);
        if (!wanted.equals(content)) {
            all.add(by);
        }
        return new Release(id, stored, version + 1, wanted, all, progress, plannedBy, plannedAt);
    }

    /** Puts it off; what it brings stays. Not while its seats decide about the days that they saw. */
    Release postpone(ReleaseContent later, String by) {
        if (state() == ReleaseState.DECIDING) {
            throw inThisState(
                    ": its seats decide about the days they were shown. Have them vote no, then postpone it.");
        }
        if (state() == ReleaseState.WAITING) {
            throw inThisState(": its seats let it go in the days they were shown. Withdraw it, then postpone it.");
        }
        if (state() == ReleaseState.DEPLOYING) {
            throw inThisState(": a change carries it. Cancel or revise that change.");
        }
        require("be postponed", ReleaseState.PLANNED, ReleaseState.PREPARING, ReleaseState.TESTING);
        SortedSet<String> all = new TreeSet<>(authors);
        all.add(by);
        return new Release(id, stored, version + 1, later, all, progress, plannedBy, plannedAt);
    }

    /** The rest of it, when some of its services become a release of their own. */
    Release without(Set<String> services, String by) {
        requireInOnePiece();
        return describe(content.only(content.name(), not(services::contains)), by);
    }

    /** Refuses what comes too late to be split. */
    void requireInOnePiece() {
        require("be split", ReleaseState.PLANNED, ReleaseState.PREPARING);
    }

    /** A release of its own with some of the services. Whoever wrote in this one has written what it brings. */
    Release part(String number, String name, Set<String> services, String by, Instant now) {
        SortedSet<String> all = new TreeSet<>(authors);
        all.add(by);
        return new Release(0, number, 1, content.only(name, services::contains), all, ReleaseProgress.NONE, by, now);
    }

    Release begin() {
        require("be started", ReleaseState.PLANNED);
        return next(progress.begun());
    }

    /** Its package is complete, and from now on stays as it is. */
    Release confirm(String by, Instant now) {
        require("have its package confirmed", ReleaseState.PREPARING);
        return next(progress.confirmed(by, now));
    }

    /** It has passed its stages, and its seats are asked; again, if they were before. */
    Release decide() {
        require("be decided about", ReleaseState.TESTING, ReleaseState.DECIDING);
        return next(progress.deciding());
    }

    /** Its seats let it go, but not yet. */
    Release await(String because) {
        require("wait in front of production", ReleaseState.DECIDING, ReleaseState.WAITING);
        return next(progress.waiting(because));
    }

    /** Its seats let it go into production, and nothing is in the way any more. */
    Release go() {
        require("go into production", ReleaseState.DECIDING, ReleaseState.WAITING);
        return next(progress.going());
    }

    /** A change carries it, and no second one. */
    Release carriedBy(String number, Carrier kind) {
        require("be carried by a change", ReleaseState.DEPLOYING);
        if (progress.change() != null) {
            throw ProblemException.conflict(
                    "release-carried", "Carried already", progress.change() + " carries " + number() + " already.");
        }
        return next(progress.carriedBy(number, kind));
    }

    /** Another package, on which its seats agreed: it is prepared anew. */
    Release changeScope(List<Artifact> items, String by, String because) {
        require(
                "get another package",
                ReleaseState.PREPARING,
                ReleaseState.TESTING,
                ReleaseState.DECIDING,
                ReleaseState.WAITING);
        SortedSet<String> all = new TreeSet<>(authors);
        all.add(by);
        return new Release(
                id,
                stored,
                version + 1,
                content.withItems(items),
                all,
                progress.givenBack(because),
                plannedBy,
                plannedAt);
    }

    /** It has failed in a stage, does not go, or the change that carried it came to nothing: it is prepared anew, with everything it had. */
    Release giveBack(String because) {
        require(
                "be prepared anew",
                ReleaseState.TESTING,
                ReleaseState.DECIDING,
                ReleaseState.WAITING,
                ReleaseState.DEPLOYING);
        return next(progress.givenBack(because));
    }

    Release close(Instant now) {
        require("be closed", ReleaseState.DEPLOYING);
        return next(progress.closed(now));
    }

    Release retire(String because, Instant now) {
        switch (state()) {
            case TESTING -> throw inThisState(
                    " and cannot be retired: cancel the change of its stage or have it fail there; where it waits"
                            + " to enter, withdraw it. Then retire it.");
            case DECIDING -> throw inThisState(" and cannot be retired: have its seats vote no, then retire it.");
            case WAITING -> throw inThisState(" and cannot be retired: withdraw it, then retire it.");
            case DEPLOYING -> throw inThisState(" and cannot be retired: cancel its change, then retire it.");
            default -> {}
        }
        require("be retired", ReleaseState.PLANNED, ReleaseState.PREPARING);
        return next(progress.retired(because, now));
    }

    private Release next(ReleaseProgress wanted) {
        return new Release(id, stored, version + 1, content, authors, wanted, plannedBy, plannedAt);
    }

    private void require(String toDoWhat, ReleaseState... wanted) {
        if (!List.of(wanted).contains(state())) {
            throw inThisState(" and cannot " + toDoWhat + ".");
        }
    }

    private ProblemException inThisState(String what) {
        return ProblemException.conflict(
                "release-state", "Not possible in this state", number() + " is " + state() + what);
    }

    public ReleaseState state() {
        return progress.state();
    }

    /** The names of what it goes through, in order; production is the last. */
    List<String> stageNames() {
        return Stream.concat(content.stages().stream().map(ReleaseStage::name), Stream.of(StageGate.PRODUCTION))
                .toList();
    }

    /** The number people say: {@code REL-2026-017}. */
    public String number() {
        return ReleaseNumber.of(stored);
    }

    /** By this its rows are compared with the audit trail. */
    String fingerprint() {
        List<@Nullable Object> row = new ArrayList<>(Arrays.asList(
                id,
                stored,
                version,
                state(),
                content.name(),
                content.description(),
                content.manager(),
                content.readyOn(),
                content.environment(),
                content.window().startsAt(),
                content.window().endsAt(),
                content.plans().implementation(),
                content.plans().test(),
                content.plans().backout(),
                content.plans().communication(),
                content.questionnaire().dataMigration(),
                content.questionnaire().downtime(),
                content.questionnaire().backoutTested(),
                content.questionnaire().ifNotDone(),
                progress.confirmedBy(),
                progress.confirmedAt(),
                progress.change(),
                progress.returnedBecause(),
                progress.retiredBecause(),
                plannedBy,
                plannedAt,
                progress.endedAt()));
        // Came later: of a release without them the digest is what it was.
        if (content.train() != null) {
            row.add(content.train());
        }
        if (content.template() != null) {
            row.add(content.template());
        }
        if (!content.stages().isEmpty()) {
            row.add(StoredStages.write(content.stages()));
        }
        Carrier carrier = progress.carrier();
        Fingerprint.addNamed(row, "series", content.series());
        Fingerprint.addNamed(row, "change_template", content.changeTemplate());
        Fingerprint.addNamed(row, "carrier_type", carrier == null ? null : carrier.type());
        Fingerprint.addNamed(row, "carrier_because", carrier == null ? null : carrier.because());
        Fingerprint.addNamed(row, "waits_for", progress.waitsFor());
        Fingerprint.addNamed(row, "rollout_plan", content.rolloutPlan());
        row.add(content.items().size());
        for (Artifact item : content.items()) {
            row.addAll(Arrays.asList(item.service(), item.version(), item.digest()));
        }
        row.add(authors.size());
        row.addAll(authors);
        row.add(content.seats().size());
        content.seats().forEach(seat -> row.addAll(List.of(seat.seat(), seat.veto())));
        return Fingerprint.of(row);
    }
}
