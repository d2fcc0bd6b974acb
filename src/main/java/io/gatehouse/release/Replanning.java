package io.gatehouse.release;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.change.Window;
import io.gatehouse.engine.ParkedTasks;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Puts releases off and splits them, and keeps what they were before. */
@Service
@Transactional
public class Replanning {

    private static final String POSTPONE = "POST /api/v1/releases/{number}/postponement";
    private static final String SPLIT = "POST /api/v1/releases/{number}/split";

    private final Releases releases;
    private final Dependencies dependencies;
    private final ReplanningRows rows;
    private final StageProgress progress;
    private final StageEntries entries;
    private final ReleaseFacts facts;
    private final ParkedTasks tasks;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;
    private final Clock clock;

    Replanning(
            Releases releases,
            Dependencies dependencies,
            ReplanningRows rows,
            StageProgress progress,
            StageEntries entries,
            ReleaseFacts facts,
            ParkedTasks tasks,
            Permissions permissions,
            CurrentPerson currentPerson,
            AuditTrail audit,
            Clock clock) {
        this.releases = releases;
        this.dependencies = dependencies;
        this.rows = rows;
        this.progress = progress;
        this.entries = entries;
        this.facts = facts;
        this.tasks = tasks;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
        this.clock = clock;
    }

    /** How often and why a release was put off, and from or into which others it was split. */
    @Transactional(readOnly = true)
    public PlanHistory historyOf(String number) {
        return rows.of(releases.find(number).stored());
    }

    /**
     * Puts a release off until a later window; its package is then due later too, and so are stages that
     * it is not through. What needs it is late from then on by as
     * much as that pushes it.
     */
    public Release postpone(String number, Window window, LocalDate readyOn, String because) {
        Person person = admitted(POSTPONE);
        Release before = releases.lock(number);
        if (!window.startsAt().isAfter(before.content().window().startsAt())) {
            throw ProblemException.conflict(
                    "not-later",
                    "Not later",
                    number + " begins at " + before.content().window().startsAt()
                            + " and is put off until something later; rewrite it to bring it forward.");
        }
        ReleaseContent later =
                before.content().postponed(window, readyOn, stage -> !progress.isThrough(before, stage.name()));
        Release after = releases.postpone(number, later, person.id());
        Postponement postponement = rows.add(before, after, because, person.id(), now());
        audit.recordState(
                "release.PostponementNoted",
                AuditTrail.numbered("postponement", postponement.id()),
                Map.of("release", number),
                postponement.fingerprint());
        // Whoever waits for it is told how late that makes it.
        entries.retry();
        if (after.state() == ReleaseState.PREPARING) {
            tasks.restore(number, facts.packageDueAt(number));
        }
        return after;
    }

    /**
     * Takes services out of the package of a release into a new one, which is planned and has everything else of it.
     *
     * @return the new one
     */
    public Release split(String number, String name, Set<String> services) {
        Person person = admitted(SPLIT);
        // It is locked before releases are, and the copies must be of what nobody adds to meanwhile.
        dependencies.lockRegister();
        Release whole = releases.lock(number);
        whole.requireInOnePiece();
        Set<String> all = whole.content().services();
        if (!all.containsAll(services)) {
            throw ProblemException.invalid(
                    "services", "must be in the package of " + number + ": " + String.join(", ", all));
        }
        if (services.containsAll(all)) {
            throw ProblemException.conflict(
                    "nothing-to-split",
                    "Nothing would be left",
                    "The package of " + number + " has nothing but " + String.join(", ", all)
                            + "; leave at least one of them in it.");
        }
        Release part = releases.split(number, name, services, person.id());
        dependencies.copy(whole, part, person);
        Split split = rows.add(whole, part, person.id(), now());
        audit.recordState(
                "release.SplitNoted",
                AuditTrail.numbered("split", split.id()),
                Map.of("from", split.from(), "into", split.into()),
                split.fingerprint());
        return part;
    }

    private Person admitted(String operation) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(operation, person);
        return Objects.requireNonNull(person);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
