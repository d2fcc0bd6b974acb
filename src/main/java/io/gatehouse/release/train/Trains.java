package io.gatehouse.release.train;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.Fingerprint;
import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.catalog.Services;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** All trains. Each edit locks the train and is an entry in the audit trail. */
@Service
@Transactional
public class Trains {

    private static final String PUT = "PUT /api/v1/trains/{key}";
    private static final String IMPORT = "POST /api/v1/trains/{key}/schedule-imports";

    private final TrainRows rows;
    private final TrainRules rules;
    private final Services services;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;

    Trains(
            TrainRows rows,
            TrainRules rules,
            Services services,
            Permissions permissions,
            CurrentPerson currentPerson,
            AuditTrail audit) {
        this.rows = rows;
        this.rules = rules;
        this.services = services;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
    }

    @Transactional(readOnly = true)
    public Optional<Train> find(String key) {
        return CatalogKey.isWellFormed(key) ? rows.find(key) : Optional.empty();
    }

    /** The train, or the problem {@code train-not-found}. */
    @Transactional(readOnly = true)
    public Train get(String key) {
        return find(key).orElseThrow(Trains::unknown);
    }

    /** When a train releases; empty if there is none of this key. */
    @Transactional(readOnly = true)
    public Optional<LocalDate> releasesOn(String key) {
        return CatalogKey.isWellFormed(key) ? rows.releasesOn(key) : Optional.empty();
    }

    /** Of which series trains are, by their keys; those that are of none, or are none, are left out. */
    @Transactional(readOnly = true)
    public Map<String, String> series(Collection<String> keys) {
        return rows.series(keys.stream().filter(CatalogKey::isWellFormed).toList());
    }

    /** Trains in the order of their keys. */
    @Transactional(readOnly = true)
    public Page<TrainHeading> list(PageQuery page) {
        return page.page(rows.list(Objects.requireNonNullElse(page.after(), ""), page.fetchSize()), TrainHeading::key);
    }

    /** Creates or changes a train on behalf of the current person. */
    public Train put(String key, TrainContent content, Precondition precondition) {
        permissions.require(PUT, currentPerson.find().orElse(null));
        Optional<Train> existing = lock(key);
        existing.ifPresentOrElse(train -> precondition.check(train.version()), precondition::checkAbsent);
        rules.check(content.schedule());
        return existing.map(train -> save(train, train.next(content), "release.TrainChanged", Map.of()))
                .orElseGet(() -> add(key, content));
    }

    /** Has a train keep to the schedule of a file in place of the one it had; name, series and cadence stay. */
    public Train importSchedule(String key, String file) {
        permissions.require(IMPORT, currentPerson.find().orElse(null));
        Train train = lock(key).orElseThrow(Trains::unknown);
        TrainContent scheduled = train.content().on(read(file));
        return save(
                train,
                train.next(scheduled),
                "release.TrainScheduled",
                Map.of("scheduleSha256", Fingerprint.ofText(file)));
    }

    /** What a schedule file says, with the services of the catalog that it names. */
    Schedule read(String file) {
        Timetable timetable = new Timetable(ScheduleFile.read(file));
        return timetable.schedule(services.tiers(timetable.possibleServices()).keySet());
    }

    /** Stores one that keeps the rules. */
    Train add(String key, TrainContent content) {
        Train train = Train.first(key, content);
        rows.insert(train);
        record("release.TrainAdded", train, Map.of());
        return train;
    }

    private Optional<Train> lock(String key) {
        return CatalogKey.isWellFormed(key) ? rows.lock(key) : Optional.empty();
    }

    private Train save(Train before, Train train, String action, Map<String, ?> more) {
        rows.update(before, train);
        record(action, train, more);
        return train;
    }

    private void record(String action, Train train, Map<String, ?> more) {
        Schedule schedule = train.content().schedule();
        Map<String, Object> facts = new TreeMap<>(more);
        facts.put("version", train.version());
        facts.put("startsOn", schedule.startsOn().toString());
        facts.put("releasesOn", schedule.releasesOn().toString());
        facts.put("milestones", schedule.milestones().size());
        if (train.content().series() != null) {
            facts.put("series", train.content().series());
        }
        audit.recordState(action, "train-" + train.key(), facts, train.fingerprint());
    }

    private static ProblemException unknown() {
        return ProblemException.notFound(
                "train-not-found", "No such train", "No train has this key; GET /api/v1/trains lists all.");
    }
}
