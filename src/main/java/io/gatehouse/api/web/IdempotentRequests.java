package io.gatehouse.api.web;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The idempotency keys of the last days and what was answered to them. */
class IdempotentRequests {

    private final JdbcClient jdbc;

    IdempotentRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Claims a key within the running transaction; whoever claims it too waits for that transaction's end.
     *
     * @throws org.springframework.dao.DuplicateKeyException when the key has been answered
     */
    void claim(IdempotencyKey key, Instant now) {
        jdbc.sql("insert into idempotent_request (id, fingerprint, created_at) values (?, ?, ?)")
                .params(key.id(), key.fingerprint(), utc(now))
                .update();
    }

    void answer(IdempotencyKey key, StoredAnswer answer) {
        jdbc.sql("update idempotent_request"
                        + " set status = ?, content_type = ?, location = ?, etag = ?, body = ? where id = ?")
                .param(answer.status())
                .param(answer.contentType())
                .param(answer.location())
                .param(answer.eTag())
                .param(answer.body())
                .param(key.id())
                .update();
    }

    Optional<StoredAnswer> find(IdempotencyKey key) {
        return jdbc.sql("select fingerprint, status, content_type, location, etag, body"
                        + " from idempotent_request where id = ?")
                .param(key.id())
                .query((row, number) -> new StoredAnswer(
                        row.getBytes("fingerprint"),
                        row.getInt("status"),
                        row.getString("content_type"),
                        row.getString("location"),
                        row.getString("etag"),
                        row.getString("body")))
                .optional();
    }

    /** Forgets up to {@code limit} of the oldest keys created before a moment; says how many. */
    int forget(Instant before, int limit) {
        return jdbc.sql(
                        "delete from idempotent_request where id in (select id from"
                                + " (select id from idempotent_request where created_at < ? order by created_at limit ?) oldest)")
                .params(utc(before), limit)
                .update();
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
