package io.gatehouse.change;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Writes what the steps of a change alter and leaves what its requester wrote as it is: a third of the columns, and none
 * of the long ones. Steps are what is written most, up to three times in one transaction.
 */
@Component
class ChangeProgress {

    private final JdbcTemplate jdbc;

    ChangeProgress(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws OptimisticLockingFailureException if the row is no longer as the change was read */
    void write(Change change) {
        int written = jdbc.update(
                """
                update change_request set version = version + 1, state = ?, approval_round = ?, risk = ?,
                    risk_reasons = ?, returned_because = ?, on_hold_because = ?, implementer = ?, reviewer = ?,
                    close_code = ?, rolled_back = ?, closed_at = ?, scope_sha256 = ?, duties_shared = ?
                where id = ? and version = ?""",
                change.state().name(),
                change.approvalRound(),
                name(change.risk()),
                change.riskReasonsAsWritten(),
                change.returnedBecause(),
                change.onHoldBecause(),
                change.implementer(),
                change.reviewer(),
                name(change.closeCode()),
                change.rolledBack(),
                utc(change.closedAt()),
                change.scope(),
                change.dutiesShared(),
                change.id(),
                change.version());
        if (written != 1) {
            throw new OptimisticLockingFailureException(change.number() + " was altered since it was read");
        }
        change.wasWritten();
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    private static @Nullable LocalDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
