package io.gatehouse.audit;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Appends entries to the chain: three statements, however many entries a transaction has. */
@Component
class AuditChain {

    private final JdbcTemplate jdbc;

    AuditChain(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void append(List<AuditDraft> drafts) {
        AuditHash.Head head = jdbc.queryForObject(
                "select n, hash from audit_head where id = 1 for update",
                (row, i) -> new AuditHash.Head(row.getLong("n"), row.getString("hash")));
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
        jdbc.update("update audit_head set n = ?, hash = ? where id = 1", head.n(), head.hash());
    }
}
