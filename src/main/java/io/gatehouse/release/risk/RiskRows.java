package io.gatehouse.release.risk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Whoever writes here has locked the release. */
@Repository
public class RiskRows {

    private final JdbcClient jdbc;

    RiskRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    RiskEntry insert(RiskEntry entry) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        bind(
                        """
                insert into release_risk (release_number, version, kind, title, description, owner, response,
                  response_text, due_on, blocker_since, known_issue, raised_by, raised_at)
                values (:release, :version, :kind, :title, :description, :owner, :response, :responseText, :dueOn,
                  :blockerSince, :knownIssue, :raisedBy, :raisedAt)""",
                        entry)
                .param("release", entry.release())
                .param("kind", entry.kind().name())
                .param("raisedBy", entry.raisedBy())
                .param("raisedAt", utc(entry.raisedAt()))
                .update(key, "id");
        RiskEntry inserted =
                entry.withId(Objects.requireNonNull(key.getKey(), "id").longValue());
        assess(inserted);
        return inserted;
    }

    void update(RiskEntry entry) {
        RiskEntry.Closing closing = entry.closing();
        bind(
                        """
                update release_risk set version = :version, title = :title, description = :description,
                  owner = :owner, response = :response, response_text = :responseText, due_on = :dueOn,
                  blocker_since = :blockerSince, known_issue = :knownIssue, closed_by = :closedBy, closed_at = :closedAt, closing_note = :note
                where id = :id""",
                        entry)
                .param("id", entry.id())
                .param("closedBy", closing == null ? null : closing.by())
                .param("closedAt", closing == null ? null : utc(closing.at()))
                .param("note", closing == null ? null : closing.note())
                .update();
    }

    private JdbcClient.StatementSpec bind(String sql, RiskEntry entry) {
        RiskContent content = entry.content();
        RiskContent.Response response = content.response();
        return jdbc.sql(sql)
                .param("version", entry.version())
                .param("title", content.title())
                .param("description", content.description())
                .param("owner", content.owner())
                .param("response", response == null ? null : response.kind().name())
                .param("responseText", response == null ? null : response.text())
                .param("dueOn", content.dueOn())
                .param("blockerSince", utc(entry.blockerSince()))
                .param("knownIssue", content.knownIssue() ? true : null);
    }

    /** Adds the newest assessment. */
    void assess(RiskEntry entry) {
        RiskAssessment newest = entry.present();
        jdbc.sql(
                        """
                insert into release_risk_assessment (risk_id, position, likelihood, consequence, assessed_by,
                  assessed_at, note)
                values (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        entry.id(),
                        entry.assessments().size(),
                        newest.likelihood(),
                        newest.consequence(),
                        newest.by(),
                        utc(newest.at()),
                        newest.note())
                .update();
    }

    /** All of a release, oldest first. */
    public List<RiskEntry> of(String release) {
        Map<Long, List<RiskAssessment>> assessments = new HashMap<>();
        jdbc.sql(
                        """
                select a.* from release_risk_assessment a join release_risk r on r.id = a.risk_id
                where r.release_number = ? order by a.risk_id, a.position""")
                .param(release)
                .query(row -> {
                    assessments
                            .computeIfAbsent(row.getLong("risk_id"), id -> new ArrayList<>())
                            .add(assessment(row));
                });
        return jdbc.sql("select * from release_risk where release_number = ? order by id")
                .param(release)
                .query((row, i) -> map(row, assessments.getOrDefault(row.getLong("id"), List.of())))
                .list();
    }

    /** The one of this id, if it is that release's. */
    Optional<RiskEntry> find(String release, long id) {
        return jdbc.sql("select * from release_risk where id = ? and release_number = ?")
                .params(id, release)
                .query((row, i) -> map(
                        row,
                        jdbc.sql("select * from release_risk_assessment where risk_id = ? order by position")
                                .param(id)
                                .query((assessment, n) -> assessment(assessment))
                                .list()))
                .optional();
    }

    private static RiskEntry map(ResultSet row, List<RiskAssessment> assessments) throws SQLException {
        String response = row.getString("response");
        Instant blockerSince = moment(row, "blocker_since");
        Instant closedAt = moment(row, "closed_at");
        return new RiskEntry(
                row.getLong("id"),
                row.getString("release_number"),
                row.getLong("version"),
                RiskEntry.Kind.valueOf(row.getString("kind")),
                new RiskContent(
                        row.getString("title"),
                        row.getString("description"),
                        row.getString("owner"),
                        response == null
                                ? null
                                : new RiskContent.Response(
                                        RiskContent.Response.Kind.valueOf(response), row.getString("response_text")),
                        row.getObject("due_on", LocalDate.class),
                        blockerSince != null,
                        row.getBoolean("known_issue")),
                blockerSince,
                assessments,
                row.getString("raised_by"),
                known(row, "raised_at"),
                closedAt == null
                        ? null
                        : new RiskEntry.Closing(row.getString("closed_by"), closedAt, row.getString("closing_note")));
    }

    private static RiskAssessment assessment(ResultSet row) throws SQLException {
        return new RiskAssessment(
                row.getObject("likelihood", Integer.class),
                row.getInt("consequence"),
                row.getString("assessed_by"),
                known(row, "assessed_at"),
                row.getString("note"));
    }

    private static @Nullable LocalDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }

    private static Instant known(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(moment(row, column), column);
    }
}
