package io.gatehouse.change;

import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What changes have to do with one another. Whoever adds a relation or removes one locks both changes, the older first;
 * whoever adds one has the register locked before, because whether it closes a circle depends on all the others.
 */
@Service
@Transactional
public class Relations {

    private static final String ADD = "POST /api/v1/changes/{number}/relations";
    private static final String REMOVE = ADD + "/{id}/removal";
    private static final int MOST = 100;

    private final Changes changes;
    private final ChangeOwnership ownership;
    private final Permissions permissions;
    private final RelationRows rows;
    private final WaitingChanges waiting;
    private final AuditTrail audit;
    private final Clock clock;

    Relations(
            Changes changes,
            ChangeOwnership ownership,
            Permissions permissions,
            RelationRows rows,
            WaitingChanges waiting,
            AuditTrail audit,
            Clock clock) {
        this.changes = changes;
        this.ownership = ownership;
        this.permissions = permissions;
        this.rows = rows;
        this.waiting = waiting;
        this.audit = audit;
        this.clock = clock;
    }

    /** Every relation of a change, also those that were removed, oldest first. */
    @Transactional(readOnly = true)
    public List<Relation> of(String number) {
        return rows.of(changes.glance(number));
    }

    /** The changes that have not started though another that supersedes them is closed successfully, oldest first. */
    @Transactional
    public List<String> superseded() {
        return rows.superseded().stream().map(ChangeNumber::of).toList();
    }

    /** The relation by which a change is superseded for good: by another that is closed successfully. */
    @Transactional(readOnly = true)
    public Optional<Relation> supersession(Change change) {
        return rows.of(change).stream()
                .filter(relation -> relation.isInForce() && relation.supersedesForGood())
                .findFirst();
    }

    /**
     * Adds a relation of one change to another, as seen from the first.
     *
     * @param because why, if it is to be said; at most 1,000 characters
     * @throws ProblemException forbidden unless each change that it may keep waiting is the person's own; a conflict if it
     *     is in force already, comes too late, could never be met, or would have changes wait in a circle
     */
    public Relation add(Person person, String number, RelationKind kind, String other, @Nullable String because) {
        if (other.equals(number)) {
            throw ProblemException.invalid("change", "must be another change than " + number);
        }
        if (ownership.find(other).isEmpty()) {
            throw ProblemException.invalid("change", "must be a change there is; numbers look like CHG-000123");
        }
        rows.lockRegister();
        lockBoth(number, other);
        Change from = changes.lock(number);
        Change to = changes.lock(other);
        kind.restricts(from, to).forEach(change -> permissions.require(ADD, person, () -> ownership.of(change)));
        requireNew(from, kind, to);
        RelationTiming.require(kind, from, to);
        requireNoCircle(kind, from, to);
        boolean turned = kind == RelationKind.CONFLICTS_WITH && from.id() > to.id();
        RelationRows.Row row =
                rows.add(kind, turned ? to.id() : from.id(), turned ? from.id() : to.id(), person.id(), now(), because);
        from.relate();
        to.relate();
        record("change.RelationAdded", row, from, to);
        return find(from, row.id());
    }

    private void lockBoth(String one, String other) {
        if (ChangeNumber.idOf(one).orElse(0) < ChangeNumber.idOf(other).orElse(0)) {
            changes.lock(one);
            changes.lock(other);
        } else {
            changes.lock(other);
            changes.lock(one);
        }
    }

    private void requireNew(Change from, RelationKind kind, Change to) {
        List<Relation> known = rows.of(from);
        if (known.size() >= MOST || rows.of(to).size() >= MOST) {
            throw ProblemException.conflict(
                    "relations-full",
                    "Too many relations",
                    "A change has at most " + MOST + " relations, removed ones included; " + from.number() + " or "
                            + to.number() + " has as many.");
        }
        if (known.stream()
                .anyMatch(relation -> relation.isInForce()
                        && relation.side() == kind.outgoing()
                        && relation.change().equals(to.number()))) {
            throw ProblemException.conflict(
                    "relation-exists", "Related already", from.number() + " " + kind + " " + to.number() + " already.");
        }
    }

    private void requireNoCircle(RelationKind kind, Change from, Change to) {
        if (kind == RelationKind.CONFLICTS_WITH) {
            return; // It has the second wait for the first while that is being implemented, and then it waits for
            // nothing.
        }
        WaitGraph.Wait wait = kind == RelationKind.DEPENDS_ON
                ? new WaitGraph.Wait(from.id(), to.id())
                : new WaitGraph.Wait(to.id(), from.id());
        List<Long> circle = new WaitGraph(rows::waitsOf).circleWith(wait);
        if (!circle.isEmpty()) {
            throw ProblemException.conflict(
                    "relation-circle",
                    "Changes would wait for one another",
                    circle.stream().map(ChangeNumber::of).collect(Collectors.joining(" would wait for "))
                            + ", so that none of them could start. Remove another relation of these first.");
        }
    }

    /**
     * Removes a relation, which may let a change start. Who may say so before any change that it keeps waiting was
     * submitted, may no longer afterwards, unless they may for every change.
     *
     * @param because why; kept with the relation
     */
    public Relation remove(Person person, String number, long id, String because) {
        RelationRows.Row row = rows.find(id)
                .filter(found -> ChangeNumber.idOf(number).stream()
                        .anyMatch(change -> found.from() == change || found.to() == change))
                .orElseThrow(() -> ProblemException.notFound(
                        "relation-not-found",
                        "No such relation",
                        number + " has no relation " + id + "; GET /api/v1/changes/{number}/relations lists them."));
        lockBoth(ChangeNumber.of(row.from()), ChangeNumber.of(row.to()));
        Change from = changes.lock(ChangeNumber.of(row.from()));
        Change to = changes.lock(ChangeNumber.of(row.to()));
        List<Change> restricted = row.kind().restricts(from, to);
        requireRemoval(person, restricted);
        RelationRows.Row present = rows.find(id)
                .filter(RelationRows.Row::inForce)
                .orElseThrow(() -> ProblemException.conflict(
                        "relation-removed",
                        "Removed already",
                        "Relation " + id + " of " + number + " was removed already."));
        record("change.RelationRemoved", rows.remove(present, person.id(), now(), because), from, to);
        restricted.forEach(change -> waiting.tell(change.number(), change.state()));
        return find(changes.lock(number), id);
    }

    private void requireRemoval(Person person, List<Change> restricted) {
        restricted.forEach(change -> permissions.require(REMOVE, person, () -> ownership.of(change)));
        if (!permissions.allowsAll(REMOVE, person)
                && restricted.stream().anyMatch(change -> change.approvalRound() > 0)) {
            throw ProblemException.forbidden(
                    "not-allowed",
                    "Not allowed",
                    "The change has been submitted as one that waits for another, so a change manager has to remove that.");
        }
    }

    private Relation find(Change change, long id) {
        return rows.of(change).stream()
                .filter(relation -> relation.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private void record(String action, RelationRows.Row row, Change from, Change to) {
        audit.recordState(
                action,
                AuditTrail.numbered("relation", row.id()),
                Map.of("kind", row.kind().name(), "from", ChangeNumber.of(row.from()), "to", ChangeNumber.of(row.to())),
                row.fingerprint());
        note(action, row, from, to);
        note(action, row, to, from);
    }

    private void note(String action, RelationRows.Row row, Change change, Change other) {
        changes.noteRelation(
                change,
                action,
                Map.of("relation", row.id(), "side", row.sideOf(change.id()).name(), "other", other.number()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
