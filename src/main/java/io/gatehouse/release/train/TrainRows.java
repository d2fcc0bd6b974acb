package io.gatehouse.release.train;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Whoever writes here has locked the train. */
@Repository
class TrainRows {

    private final JdbcClient jdbc;

    TrainRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws org.springframework.dao.DuplicateKeyException if there is one of this key */
    void insert(Train train) {
        bind(
                        """
                insert into release_train (train_key, version, name, series, cadence_weeks, cadence, starts_on,
                  releases_on)
                values (:key, :version, :name, :series, :weeks, :cadence, :startsOn, :releasesOn)""",
                        train)
                .update();
        insertMilestones(train);
    }

    void update(Train before, Train train) {
        bind(
                        """
                update release_train set version = :version, name = :name, series = :series, cadence_weeks = :weeks,
                  cadence = :cadence, starts_on = :startsOn, releases_on = :releasesOn
                where train_key = :key""",
                        train)
                .update();
        if (!milestones(before).equals(milestones(train))) {
            jdbc.sql("delete from release_train_milestone where train_key = ?")
                    .param(train.key())
                    .update();
            insertMilestones(train);
        }
    }

    private static List<Milestone> milestones(Train train) {
        return train.content().schedule().milestones();
    }

    private JdbcClient.StatementSpec bind(String sql, Train train) {
        TrainContent content = train.content();
        Cadence cadence = content.cadence();
        return jdbc.sql(sql)
                .param("key", train.key())
                .param("version", train.version())
                .param("name", content.name())
                .param("series", content.series())
                .param("weeks", cadence == null ? null : cadence.weeks())
                .param("cadence", cadence == null ? null : cadence.other())
                .param("startsOn", content.schedule().startsOn())
                .param("releasesOn", content.schedule().releasesOn());
    }

    private void insertMilestones(Train train) {
        for (Milestone one : milestones(train)) {
            jdbc.sql(
                            """
                    insert into release_train_milestone (train_key, starts_on, name, ends_on, kind, service_key, about)
                    values (:train, :startsOn, :name, :endsOn, :kind, :service, :about)""")
                    .param("train", train.key())
                    .param("startsOn", one.startsOn())
                    .param("name", one.name())
                    .param("endsOn", one.endsOn())
                    .param("kind", one.kind().name())
                    .param("service", one.service())
                    .param("about", one.about())
                    .update();
        }
    }

    Optional<Train> find(String key) {
        return read(key, "");
    }

    /** Locks it until the transaction ends. */
    Optional<Train> lock(String key) {
        return read(key, " for update");
    }

    private Optional<Train> read(String key, String end) {
        return jdbc.sql("select * from release_train where train_key = ?" + end)
                .param(key)
                .query((row, i) -> train(row, milestones(key)))
                .optional();
    }

    private List<Milestone> milestones(String key) {
        return jdbc.sql("select * from release_train_milestone where train_key = ?")
                .param(key)
                .query((row, i) -> milestone(row))
                .list();
    }

    Optional<LocalDate> releasesOn(String key) {
        return jdbc.sql("select releases_on from release_train where train_key = ?")
                .param(key)
                .query((row, i) -> row.getObject("releases_on", LocalDate.class))
                .optional();
    }

    /** Of which series trains are, by their keys; those that are of none are left out. */
    Map<String, String> series(Collection<String> keys) {
        Map<String, String> series = new HashMap<>();
        if (!keys.isEmpty()) {
            jdbc.sql("select train_key, series from release_train where train_key in (:keys) and series is not null")
                    .param("keys", keys)
                    .query(row -> {
                        series.put(row.getString("train_key"), row.getString("series"));
                    });
        }
        return series;
    }

    /** In the order of their keys. */
    List<TrainHeading> list(String after, int limit) {
        return jdbc.sql("select * from release_train where train_key > ? order by train_key limit ?")
                .params(after, limit)
                .query((row, i) -> new TrainHeading(
                        row.getString("train_key"),
                        row.getString("name"),
                        row.getString("series"),
                        cadence(row),
                        row.getObject("starts_on", LocalDate.class),
                        row.getObject("releases_on", LocalDate.class)))
                .list();
    }

    private static Train train(ResultSet row, List<Milestone> milestones) throws SQLException {
        return new Train(
                row.getString("train_key"),
                row.getLong("version"),
                new TrainContent(
                        row.getString("name"),
                        row.getString("series"),
                        cadence(row),
                        new Schedule(
                                row.getObject("starts_on", LocalDate.class),
                                row.getObject("releases_on", LocalDate.class),
                                milestones)));
    }

    private static @Nullable Cadence cadence(ResultSet row) throws SQLException {
        Integer weeks = row.getObject("cadence_weeks", Integer.class);
        String other = row.getString("cadence");
        return weeks != null ? Cadence.ofWeeks(weeks) : other == null ? null : Cadence.of(other);
    }

    private static Milestone milestone(ResultSet row) throws SQLException {
        return new Milestone(
                row.getString("name"),
                MilestoneKind.valueOf(row.getString("kind")),
                row.getString("service_key"),
                row.getString("about"),
                row.getObject("starts_on", LocalDate.class),
                row.getObject("ends_on", LocalDate.class));
    }
}
