package io.gatehouse.release;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Whoever writes here has locked the release. */
@Repository
class CriterionRows {

    private final JdbcClient jdbc;

    CriterionRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Criterion insert(Criterion criterion) {
        CriterionContent content = criterion.content();
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                insert into release_criterion (release_number, title, details, owner, owner_group, due_at, state,
                  added_by, added_at)
                values (:release, :title, :details, :owner, :group, :dueAt, :state, :addedBy, :addedAt)""")
                .param("release", criterion.release())
                .param("title", content.title())
                .param("details", content.details())
                .param("owner", content.owner())
                .param("group", content.ownerGroup())
                .param("dueAt", utc(content.dueAt()))
                .param("state", criterion.state().name())
                .param("addedBy", criterion.addedBy())
                .param("addedAt", utc(criterion.addedAt()))
                .update(key, "id");
        return criterion.withId(Objects.requireNonNull(key.getKey(), "id").longValue());
    }

    /** Writes what was said last. */
    void answer(Criterion criterion) {
        jdbc.sql("update release_criterion set state = ?, due_at = ? where id = ?")
                .params(criterion.state().name(), utc(criterion.content().dueAt()), criterion.id())
                .update();
        CriterionAnswer said = criterion.latest().orElseThrow();
        jdbc.sql(
                        """
                insert into release_criterion_answer (criterion_id, position, kind, person, said_at, note)
                values (?, ?, ?, ?, ?, ?)""")
                .params(
                        criterion.id(),
                        criterion.answers().size(),
                        said.kind().name(),
                        said.by(),
                        utc(said.at()),
                        said.note())
                .update();
    }

    /** All of a release, in the order in which they were added. */
    List<Criterion> of(String release) {
        Map<Long, List<CriterionAnswer>> answers = new HashMap<>();
        jdbc.sql(
                        """
                select a.* from release_criterion_answer a join release_criterion c on c.id = a.criterion_id
                where c.release_number = ? order by a.criterion_id, a.position""")
                .param(release)
                .query(row -> {
                    answers.computeIfAbsent(row.getLong("criterion_id"), id -> new ArrayList<>())
                            .add(answer(row));
                });
        return jdbc.sql("select * from release_criterion where release_number = ? order by id")
                .param(release)
                .query((row, i) -> map(row, answers.getOrDefault(row.getLong("id"), List.of())))
                .list();
    }

    Optional<Criterion> find(long id) {
        return jdbc.sql("select * from release_criterion where id = ?")
                .param(id)
                .query((row, i) -> map(
                        row,
                        jdbc.sql("select * from release_criterion_answer where criterion_id = ? order by position")
                                .param(id)
                                .query((answer, n) -> answer(answer))
                                .list()))
                .optional();
    }

    private static Criterion map(ResultSet row, List<CriterionAnswer> answers) throws SQLException {
        return new Criterion(
                row.getLong("id"),
                row.getString("release_number"),
                new CriterionContent(
                        row.getString("title"),
                        row.getString("details"),
                        row.getString("owner"),
                        row.getString("owner_group"),
                        moment(row, "due_at")),
                Criterion.State.valueOf(row.getString("state")),
                answers,
                row.getString("added_by"),
                moment(row, "added_at"));
    }

    private static CriterionAnswer answer(ResultSet row) throws SQLException {
        return new CriterionAnswer(
                CriterionAnswer.Kind.valueOf(row.getString("kind")),
                row.getString("person"),
                moment(row, "said_at"),
                row.getString("note"));
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, LocalDateTime.class), column)
                .toInstant(ZoneOffset.UTC);
    }
}
