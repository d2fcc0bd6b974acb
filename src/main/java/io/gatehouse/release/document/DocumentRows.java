package io.gatehouse.release.document;

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

/** Whoever writes here has locked the release. */
@Repository
class DocumentRows {

    private final JdbcClient jdbc;

    DocumentRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    ReleaseDocument insert(ReleaseDocument document) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                insert into release_document (release_number, kind, version, text, sha256, drafted, written_by,
                  written_at)
                values (:release, :kind, :version, :text, :sha256, :drafted, :by, :at)""")
                .param("release", document.release())
                .param("kind", document.kind().name())
                .param("version", document.version())
                .param("text", document.text())
                .param("sha256", document.sha256())
                .param("drafted", document.drafted())
                .param("by", document.writtenBy())
                .param("at", utc(document.writtenAt()))
                .update(key, "id");
        return document.withId(Objects.requireNonNull(key.getKey(), "id").longValue());
    }

    void publish(ReleaseDocument document, String by, Instant at) {
        jdbc.sql("update release_document set published_by = ?, published_at = ? where id = ?")
                .params(by, utc(at), document.id())
                .update();
    }

    Optional<ReleaseDocument> newest(String release, DocumentKind kind) {
        return versions(release, kind, Long.MAX_VALUE, 1).stream().findFirst();
    }

    Optional<ReleaseDocument> find(String release, DocumentKind kind, long version) {
        return jdbc.sql("select * from release_document where release_number = ? and kind = ? and version = ?")
                .params(release, kind.name(), version)
                .query(DocumentRows::map)
                .optional();
    }

    /** What everybody shall read: the newest version that was published. */
    Optional<ReleaseDocument> published(String release, DocumentKind kind) {
        return jdbc.sql(
                        """
                select * from release_document where release_number = ? and kind = ? and published_at is not null
                order by version desc limit 1""")
                .params(release, kind.name())
                .query(DocumentRows::map)
                .optional();
    }

    /** Newest first. */
    List<ReleaseDocument> versions(String release, DocumentKind kind, long before, int limit) {
        return jdbc.sql(
                        """
                select * from release_document where release_number = ? and kind = ? and version < ?
                order by version desc limit ?""")
                .params(release, kind.name(), before, limit)
                .query(DocumentRows::map)
                .list();
    }

    /** The newest version of each kind that there is, by its name. */
    List<ReleaseDocument> newest(String release) {
        return jdbc.sql(
                        """
                select * from release_document d where release_number = ? and version = (
                  select max(o.version) from release_document o
                  where o.release_number = d.release_number and o.kind = d.kind)
                order by kind""")
                .param(release)
                .query(DocumentRows::map)
                .list();
    }

    /** Who wrote any version of a document of another kind than this. */
    List<String> authors(String release, DocumentKind except) {
        return jdbc.sql("select distinct written_by from release_document where release_number = ? and kind <> ?")
                .params(release, except.name())
                .query(String.class)
                .list();
    }

    private static ReleaseDocument map(ResultSet row, int number) throws SQLException {
        return new ReleaseDocument(
                row.getLong("id"),
                row.getString("release_number"),
                DocumentKind.valueOf(row.getString("kind")),
                row.getLong("version"),
                row.getString("text"),
                row.getString("sha256"),
                row.getBoolean("drafted"),
                row.getString("written_by"),
                Objects.requireNonNull(moment(row, "written_at")),
                row.getString("published_by"),
                moment(row, "published_at"));
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
