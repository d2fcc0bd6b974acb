package io.gatehouse.change;

import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.Fingerprint;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The evidence about changes. It is filed until the implementation begins, never altered and never taken away: a later
 * piece of the same kind replaces an earlier one. Whoever files a piece has written something of what is approved.
 */
@Service
@Transactional
public class EvidenceFiles {

    private static final String PROVIDE = "POST /api/v1/changes/{number}/evidence";
    private static final int MOST = 200;

    private final Changes changes;
    private final ChangeOwnership ownership;
    private final Permissions permissions;
    private final Approvals approvals;
    private final Duties duties;
    private final EvidenceRows rows;
    private final AuditTrail audit;
    private final Clock clock;

    EvidenceFiles(
            Changes changes,
            ChangeOwnership ownership,
            Permissions permissions,
            Approvals approvals,
            Duties duties,
            EvidenceRows rows,
            AuditTrail audit,
            Clock clock) {
        this.changes = changes;
        this.ownership = ownership;
        this.permissions = permissions;
        this.approvals = approvals;
        this.duties = duties;
        this.rows = rows;
        this.audit = audit;
        this.clock = clock;
    }

    /** Files a piece of evidence about what the change brings now. */
    public EvidenceFile provide(
            Person person,
            String number,
            EvidenceKind kind,
            String url,
            @Nullable String digest,
            Evidence.Result result) {
        Change change = changes.lock(number);
        permissions.require(PROVIDE, person, () -> ownership.of(change));
        requireOpen(change);
        if (!ChangeContentRules.isWebAddress(url)) {
            throw ProblemException.invalid("url", "must be an http or https address");
        }
        EvidenceRows.Read before = rows.read(change);
        if (before.file().onFile().size() >= MOST) {
            throw ProblemException.conflict(
                    "evidence-full",
                    "Too much evidence",
                    number + " has " + MOST + " pieces of evidence, which is most.");
        }
        duties.noteAuthor(change);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Evidence piece = new Evidence(0, kind, url, digest, result, true, person.id(), now);
        record(change, piece, rows.add(change, piece, before.brings()), before.brings());
        return rows.read(change).file();
    }

    private static void requireOpen(Change change) {
        if (!change.state().isBeforeImplement()) {
            throw ProblemException.conflict(
                    "change-state",
                    "Not possible in this state",
                    change.number() + " is " + change.state()
                            + "; evidence is filed before the implementation begins.");
        }
    }

    private void record(Change change, Evidence piece, long id, String brings) {
        audit.recordState(
                "change.EvidenceProvided",
                AuditTrail.numbered("evidence", id),
                Map.of("change", change.number(), "kind", piece.kind(), "result", piece.result()),
                Fingerprint.of(
                        id,
                        change.id(),
                        piece.kind(),
                        piece.url(),
                        piece.digest(),
                        piece.result(),
                        brings,
                        piece.providedBy(),
                        piece.providedAt()));
    }

    /** What must be on file about a change and what is. */
    @Transactional(readOnly = true)
    public EvidenceFile of(Change change) {
        return rows.read(change).file();
    }

    /**
     * What is no longer on file though it was when the approvers were chosen, or has failed since the last of them
     * approved: asked when the window opens.
     */
    @Transactional(readOnly = true)
    public Optional<String> lostSinceApproval(Change change) {
        if (change.type() == ChangeType.STANDARD) {
            return Optional.empty();
        }
        EvidenceRows.Read read = rows.read(change);
        String known = read.knownGaps();
        if (known == null) {
            // Its approvers were chosen before evidence was asked for.
            return Optional.empty();
        }
        SortedMap<EvidenceKind, EvidenceFile.State> lost =
                new TreeMap<>(read.file().gapsBeside(known));
        Instant approved = lastApproval(change);
        read.file().onFile().stream()
                .filter(piece -> piece.current() && piece.providedAt().isAfter(approved))
                .filter(piece -> read.file().gaps().get(piece.kind()) == EvidenceFile.State.FAILED)
                .forEach(piece -> lost.put(piece.kind(), EvidenceFile.State.FAILED));
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of("Its evidence is no longer what was approved: " + EvidenceFile.sentence(lost) + ".");
    }

    private Instant lastApproval(Change change) {
        return approvals.of(change).stream()
                .flatMap(approval -> Optional.ofNullable(approval.decidedAt()).stream())
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }
}
