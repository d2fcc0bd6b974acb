package io.gatehouse.model;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

@Repository
class ProposalRows {

    private final JdbcClient jdbc;

    ProposalRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long insert(String file, String content, String sha256, String why, String by, Instant at) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                insert into model_proposal (file, content, sha256, why, state, proposed_by, proposed_at)
                values (:file, :content, :sha256, :why, 'PROPOSED', :by, :at)""")
                .param("file", file)
                .param("content", content)
                .param("sha256", sha256)
                .param("why", why)
                .param("by", by)
                .param("at", LocalDateTime.ofInstant(at, ZoneOffset.UTC))
                .update(key, "id");
        return Objects.requireNonNull(key.getKey(), "id").longValue();
    }

    Optional<Proposal> find(long id) {
        return jdbc.sql("select * from model_proposal where id = :id")
                .param("id", id)
                .query((row, i) -> map(row))
                .optional();
    }

    /** Locks a proposal until the transaction ends, so that two people cannot decide on it at once. */
    Optional<Proposal> lock(long id) {
        return jdbc.sql("select * from model_proposal where id = :id for update")
                .param("id", id)
                .query((row, i) -> map(row))
                .optional();
    }

    /** Newest first. */
    List<Proposal> list(long before, int limit) {
        return jdbc.sql("select * from model_proposal where id < :before order by id desc limit :limit")
                .param("before", before)
                .param("limit", limit)
                .query((row, i) -> map(row))
                .list();
    }

    void decide(long id, Proposal.State state, String by, Instant at, String reason, @Nullable Integer version) {
        jdbc.sql(
                        """
                update model_proposal
                set state = :state, decided_by = :by, decided_at = :at, reason = :reason, model_version = :version
                where id = :id""")
                .param("state", state.name())
                .param("by", by)
                .param("at", LocalDateTime.ofInstant(at, ZoneOffset.UTC))
                .param("reason", reason)
                .param("version", version)
                .param("id", id)
                .update();
    }

    private static Proposal map(ResultSet row) throws SQLException {
        return new Proposal(
                row.getLong("id"),
                row.getString("file"),
                row.getString("content"),
                row.getString("sha256"),
                row.getString("why"),
                Proposal.State.valueOf(row.getString("state")),
                row.getString("proposed_by"),
                Objects.requireNonNull(moment(row, "proposed_at")),
                row.getString("decided_by"),
                moment(row, "decided_at"),
                row.getString("reason"),
                (Integer) row.getObject("model_version"));
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }
}
