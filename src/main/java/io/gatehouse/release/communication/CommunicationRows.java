package io.gatehouse.release.communication;

import io.gatehouse.release.Moment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Whoever writes here has locked the release. */
@Repository
class CommunicationRows {

    private final JdbcClient jdbc;

    CommunicationRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(CommunicationPlan plan) {
        jdbc.sql(
                        """
                insert into release_communication_plan (release_number, version, written_by, written_at)
                values (?, ?, ?, ?)""")
                .params(plan.release(), plan.version(), plan.writtenBy(), utc(plan.writtenAt()))
                .update();
        insertEntries(plan);
    }

    void update(CommunicationPlan plan) {
        jdbc.sql(
                        """
                update release_communication_plan set version = ?, written_by = ?, written_at = ?
                where release_number = ?""")
                .params(plan.version(), plan.writtenBy(), utc(plan.writtenAt()), plan.release())
                .update();
        for (String table : List.of("release_communication_audience", "release_communication_entry")) {
            jdbc.sql("delete from " + table + " where release_number = ?")
                    .param(plan.release())
                    .update();
        }
        insertEntries(plan);
    }

    private void insertEntries(CommunicationPlan plan) {
        for (int i = 0; i < plan.entries().size(); i++) {
            CommunicationEntry entry = plan.entries().get(i);
            jdbc.sql(
                            """
                    insert into release_communication_entry (release_number, position, moment, stage, template_key)
                    values (?, ?, ?, ?, ?)""")
                    .params(plan.release(), i, entry.moment().name(), entry.stage(), entry.template())
                    .update();
            for (Audience one : entry.audience()) {
                jdbc.sql(
                                """
                        insert into release_communication_audience (release_number, position, kind, name)
                        values (?, ?, ?, ?)""")
                        .params(plan.release(), i, one.kind().name(), one.name())
                        .update();
            }
        }
    }

    Optional<CommunicationPlan> find(String release) {
        return jdbc.sql("select * from release_communication_plan where release_number = ?")
                .param(release)
                .query((row, i) -> new CommunicationPlan(
                        release,
                        row.getLong("version"),
                        row.getString("written_by"),
                        known(row, "written_at"),
                        entries(release)))
                .optional();
    }

    /** What is planned for a release, in the order in which it was written. */
    List<CommunicationEntry> entries(String release) {
        Map<Integer, List<Audience>> audience = new HashMap<>();
        jdbc.sql("select * from release_communication_audience where release_number = ?")
                .param(release)
                .query(row -> {
                    audience.computeIfAbsent(row.getInt("position"), position -> new ArrayList<>())
                            .add(new Audience(Audience.Kind.valueOf(row.getString("kind")), row.getString("name")));
                });
        return jdbc.sql("select * from release_communication_entry where release_number = ? order by position")
                .param(release)
                .query((row, i) -> new CommunicationEntry(
                        Moment.valueOf(row.getString("moment")),
                        row.getString("stage"),
                        row.getString("template_key"),
                        audience.getOrDefault(row.getInt("position"), List.of())))
                .list();
    }

    /** Whose plans name a mail address, in the order in which releases are locked. */
    List<String> releasesThatTell(String address) {
        return jdbc.sql(
                        """
                select distinct release_number from release_communication_audience
                where kind = 'ADDRESS' and lower(name) = ? order by release_number""")
                .param(address.toLowerCase(Locale.ROOT))
                .query(String.class)
                .list();
    }

    /** How many entries a plan has, of a release that may have none. */
    long planned(String release) {
        return jdbc.sql("select count(*) from release_communication_entry where release_number = ?")
                .param(release)
                .query(Long.class)
                .single();
    }

    /** Whether somebody is to hear of a moment. */
    boolean tells(String release, Moment moment) {
        return jdbc.sql("select count(*) from release_communication_entry where release_number = ? and moment = ?")
                        .params(release, moment.name())
                        .query(Long.class)
                        .single()
                > 0;
    }

    Announcement insert(Announcement made) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                insert into release_announcement (release_number, moment, stage, template_key, template_version, subject,
                  text, sha256, mailed, made_at)
                values (:release, :moment, :stage, :template, :templateVersion, :subject, :text, :sha256, :mailed,
                  :madeAt)""")
                .param("release", made.release())
                .param("moment", made.moment().name())
                .param("stage", made.stage())
                .param("template", made.template())
                .param("templateVersion", made.templateVersion())
                .param("subject", made.subject())
                .param("text", made.text())
                .param("sha256", made.sha256())
                .param("mailed", made.mailed())
                .param("madeAt", utc(made.madeAt()))
                .update(key, "id");
        return made.withId(Objects.requireNonNull(key.getKey(), "id").longValue());
    }

    Optional<Announcement> announcement(long id) {
        return jdbc.sql("select * from release_announcement where id = ?")
                .param(id)
                .query(CommunicationRows::announcement)
                .optional();
    }

    /** Oldest first. */
    List<Announcement> announcements(String release) {
        return jdbc.sql("select * from release_announcement where release_number = ? order by id")
                .param(release)
                .query(CommunicationRows::announcement)
                .list();
    }

    private static Announcement announcement(ResultSet row, int number) throws SQLException {
        return new Announcement(
                row.getLong("id"),
                row.getString("release_number"),
                Moment.valueOf(row.getString("moment")),
                row.getString("stage"),
                row.getString("template_key"),
                row.getLong("template_version"),
                row.getString("subject"),
                row.getString("text"),
                row.getString("sha256"),
                row.getBoolean("mailed"),
                known(row, "made_at"));
    }

    private static Instant known(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    private static @Nullable LocalDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
