package io.gatehouse.release.train;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
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
                insert into release_train (train_key, version, name, cadence_weeks, starts_on, releases_on)
                values (:key, :version, :name, :cadence, :startsOn, :releasesOn)""",
                        train)
                .update();
        insertMilestones(train);
    }

    void update(Train before, Train train) {
        bind(
                        """
                update release_train set version = :version, name = :name, cadence_weeks = :cadence,
                  starts_on = :startsOn, releases_on = :releasesOn
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
        return jdbc.sql(sql)
                .param("key", train.key())
                .param("version", train.version())
                .param("name", content.name())
                .param("cadence", content.cadenceWeeks())
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

    /** In the order of their keys. */
    List<TrainHeading> list(String after, int limit) {
        return jdbc.sql("select * from release_train where train_key > ? order by train_key limit ?")
                .params(after, limit)
                .query((row, i) -> new TrainHeading(
                        row.getString("train_key"),
                        row.getString("name"),
                        row.getObject("cadence_weeks", Integer.class),
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
                        row.getObject("cadence_weeks", Integer.class),
                        new Schedule(
                                row.getObject("starts_on", LocalDate.class),
                                row.getObject("releases_on", LocalDate.class),
                                milestones)));
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
