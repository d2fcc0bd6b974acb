package io.gatehouse.rollout;

import io.gatehouse.audit.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Plans by what they are for: the number of a change, {@code template-<key>}, the number of a version of a template, {@code plan-of-<service>}, or {@code plan-template-<key>}. */
@Repository
class PlanRows {

    /** A plan and how often it was written, from 1. */
    record Stored(RolloutPlan plan, long version) {}

    /** Which process carries out a plan, and the fingerprint of what is written in it. */
    record Written(String process, String fingerprint) {}

    private final JdbcClient jdbc;
    private final Json json;
    private final Clock clock;

    PlanRows(JdbcClient jdbc, Json json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    Optional<Stored> find(String plannedFor) {
        return jdbc.sql("select document, version from rollout_plan where planned_for = :plannedFor")
                .param("plannedFor", plannedFor)
                .query((row, i) -> stored(row))
                .optional();
    }

    /** Finds it and locks it until the transaction ends. */
    Optional<Stored> lock(String plannedFor) {
        return jdbc.sql("select document, version from rollout_plan where planned_for = :plannedFor for update")
                .param("plannedFor", plannedFor)
                .query((row, i) -> stored(row))
                .optional();
    }

    /** Those whose names begin in this way, by what follows that, in order. */
    Map<String, Stored> list(String prefix, String after, int limit) {
        Map<String, Stored> found = new LinkedHashMap<>();
        jdbc.sql(
                        """
                select planned_for, document, version from rollout_plan
                where planned_for like :prefix and planned_for > :after order by planned_for limit :limit""")
                .param("prefix", prefix + "%")
                .param("after", prefix + after)
                .param("limit", limit)
                .query(row -> {
                    found.put(row.getString("planned_for").substring(prefix.length()), stored(row));
                });
        return found;
    }

    private Stored stored(ResultSet row) throws SQLException {
        return new Stored(json.read(row.getString("document"), RolloutPlan.class), row.getLong("version"));
    }

    /** Changes with anything in the row that says what is run. */
    static String fingerprint(String process, String document) {
        return Fingerprint.of(process, document);
    }

    Optional<Written> written(String plannedFor) {
        return jdbc.sql("select process, document from rollout_plan where planned_for = :plannedFor")
                .param("plannedFor", plannedFor)
                .query((row, i) -> new Written(
                        row.getString("process"), fingerprint(row.getString("process"), row.getString("document"))))
                .optional();
    }

    Optional<String> processOf(String plannedFor) {
        return jdbc.sql("select process from rollout_plan where planned_for = :plannedFor")
                .param("plannedFor", plannedFor)
                .query(String.class)
                .optional();
    }

    void insert(String plannedFor, RolloutPlan plan) {
        jdbc.sql(
                        """
                insert into rollout_plan (planned_for, version, process, document, rehearses, updated_at)
                values (:plannedFor, 1, :process, :document, :rehearses, :now)""")
                .param("plannedFor", plannedFor)
                .param("process", plan.process())
                .param("document", json.write(plan))
                .param(
                        "rehearses",
                        plan.rehearses() == null ? null : plan.rehearses().change())
                .param("now", UtcColumn.of(clock.instant()))
                .update();
    }

    /** The plans that were rehearsals of a change, by the numbers of these rehearsals, newest first. */
    Map<String, RehearsalOf> rehearsals(String change, int most) {
        Map<String, RehearsalOf> found = new LinkedHashMap<>();
        jdbc.sql(
                        """
                select planned_for, document from rollout_plan where rehearses = :change
                order by planned_for desc limit :most""")
                .param("change", change)
                .param("most", most)
                .query(row -> {
                    RolloutPlan plan = json.read(row.getString("document"), RolloutPlan.class);
                    found.put(row.getString("planned_for"), Objects.requireNonNull(plan.rehearses()));
                });
        return found;
    }

    void update(String plannedFor, RolloutPlan plan) {
        jdbc.sql(
                        """
                update rollout_plan
                set version = version + 1, process = :process, document = :document, updated_at = :now
                where planned_for = :plannedFor""")
                .param("plannedFor", plannedFor)
                .param("process", plan.process())
                .param("document", json.write(plan))
                .param("now", UtcColumn.of(clock.instant()))
                .update();
    }
}
