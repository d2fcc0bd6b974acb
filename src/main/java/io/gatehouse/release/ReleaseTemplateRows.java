package io.gatehouse.release;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Versions are only added; that a template is retired is written to its newest. */
@Repository
class ReleaseTemplateRows {

    private final JdbcClient jdbc;

    ReleaseTemplateRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws org.springframework.dao.DuplicateKeyException if there is this version already */
    void insert(ReleaseTemplate template) {
        ReleaseTemplateContent content = template.content();
        jdbc.sql(
                        """
                insert into release_template (template, template_key, version, name, description, stages, criteria, seats,
                  rollout_plan, written_by, written_at)
                values (:template, :key, :version, :name, :description, :stages, :criteria, :seats, :rolloutPlan, :by,
                  :at)""")
                .param("template", template.name())
                .param("key", template.key())
                .param("version", template.version())
                .param("name", content.name())
                .param("description", content.description())
                .param("stages", StoredStages.write(content.stages()))
                .param("criteria", StoredStages.write(content.criteria()))
                .param("seats", content.seatLines())
                .param("rolloutPlan", content.rolloutPlan())
                .param("by", template.writtenBy())
                .param("at", LocalDateTime.ofInstant(template.writtenAt(), ZoneOffset.UTC))
                .update();
    }

    void retire(ReleaseTemplate newest, String because) {
        jdbc.sql("update release_template set retired_because = ? where template = ?")
                .params(because, newest.name())
                .update();
    }

    Optional<ReleaseTemplate> newest(String key) {
        return jdbc.sql("select * from release_template where template_key = ? order by version desc limit 1")
                .param(key)
                .query((row, i) -> map(row))
                .optional();
    }

    /** One version, as releases name it. */
    Optional<ReleaseTemplate> find(String template) {
        return jdbc.sql("select * from release_template where template = ?")
                .param(template)
                .query((row, i) -> map(row))
                .optional();
    }

    /** Locks it until the transaction ends: nobody else adds a version meanwhile. */
    Optional<ReleaseTemplate> lockNewest(String key) {
        jdbc.sql("select version from release_template where template = ? for update")
                .param(key + "@1")
                .query(Integer.class)
                .optional();
        return newest(key);
    }

    /** Every version, oldest first. */
    List<ReleaseTemplate> versions(String key) {
        return jdbc.sql("select * from release_template where template_key = ? order by version")
                .param(key)
                .query((row, i) -> map(row))
                .list();
    }

    /** The newest version of each, in the order of their keys. */
    List<ReleaseTemplate> list(String after, int limit) {
        return jdbc.sql(
                        """
                select t.* from release_template t
                where t.template_key > ? and not exists (select 1 from release_template later
                  where later.template_key = t.template_key and later.version > t.version)
                order by t.template_key limit ?""")
                .params(after, limit)
                .query((row, i) -> map(row))
                .list();
    }

    private static ReleaseTemplate map(ResultSet row) throws SQLException {
        return new ReleaseTemplate(
                row.getString("template_key"),
                row.getInt("version"),
                new ReleaseTemplateContent(
                        row.getString("name"),
                        row.getString("description"),
                        StoredStages.readOfTemplate(row.getString("stages")),
                        StoredStages.readCriteria(row.getString("criteria")),
                        ReleaseTemplateContent.seats(row.getString("seats")),
                        row.getString("rollout_plan")),
                row.getString("written_by"),
                Objects.requireNonNull(row.getObject("written_at", LocalDateTime.class))
                        .toInstant(ZoneOffset.UTC),
                row.getString("retired_because"));
    }
}
