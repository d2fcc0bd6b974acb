package io.gatehouse.audit;

import io.gatehouse.api.ProblemException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Appends entries to the chain: three statements, however many entries a transaction has. */
@Component
class AuditChain {

    private static final Logger log = LoggerFactory.getLogger(AuditChain.class);
    private static final int HEAD = 1;
    private static final Duration LATER = Duration.ofMinutes(1);

    private final JdbcTemplate jdbc;

    AuditChain(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws ProblemException if they cannot be written; the transaction is undone then, and with it what they report */
    void append(List<AuditDraft> drafts) {
        orRefuse(() -> {
            write(drafts);
            return true;
        });
    }

    /** Whether there is such an entry. */
    boolean tells(String actor, String action, String object, String payload) {
        return orRefuse(() -> jdbc.queryForList(
                        "select payload from audit_entry where object = ? and actor = ? and action = ?",
                        String.class,
                        object,
                        actor,
                        action)
                .contains(payload));
    }

    /** Not locked: what a transaction is still writing is not counted. */
    long newest() {
        return Objects.requireNonNull(jdbc.queryForObject("select n from audit_head where id = 1", Long.class));
    }

    private static <T> T orRefuse(Supplier<T> access) {
        try {
            return access.get();
        } catch (TransientDataAccessException
                | RecoverableDataAccessException
                | DataAccessResourceFailureException trouble) {
            // Not of the trail but of the whole database, and explained as that.
            throw trouble;
        } catch (DataAccessException | IllegalStateException unwritable) {
            log.error(
                    "The audit trail cannot be written, so nothing changes state: {}",
                    NestedExceptionUtils.getMostSpecificCause(unwritable).getMessage());
            throw ProblemException.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "audit-trail-unwritable",
                            "Audit trail unwritable",
                            "What you asked for could not be written to the audit trail, so it was not done and nothing"
                                    + " has changed. Whoever runs Gatehouse finds the reason in its log; send it again"
                                    + " then.")
                    .retryAfter(LATER);
        }
    }

    private void write(List<AuditDraft> drafts) {
        AuditHash.Head head = jdbc.queryForObject(
                "select n, hash from audit_head where id = ? for update",
                (row, i) -> new AuditHash.Head(row.getLong("n"), row.getString("hash")),
                HEAD);
        if (head == null) {
            throw new IllegalStateException("The audit trail has no head; nothing may change state without it");
        }
        List<Object> values = new ArrayList<>();
        for (AuditDraft draft : drafts) {
            AuditHash.Head next = AuditHash.next(head, draft);
            values.addAll(List.of(
                    next.n(),
                    LocalDateTime.ofInstant(draft.at(), ZoneOffset.UTC),
                    draft.actor(),
                    draft.action(),
                    draft.object(),
                    draft.payload(),
                    head.hash(),
                    next.hash()));
            head = next;
        }
        jdbc.update(
                "insert into audit_entry (n, recorded_at, actor, action, object, payload, previous_hash, hash) values "
                        + String.join(", ", Collections.nCopies(drafts.size(), "(?, ?, ?, ?, ?, ?, ?, ?)")),
                values.toArray());
        jdbc.update("update audit_head set n = ?, hash = ? where id = ?", head.n(), head.hash(), HEAD);
    }
}
