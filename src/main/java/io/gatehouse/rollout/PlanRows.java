package io.gatehouse.rollout;

import io.gatehouse.audit.Fingerprint;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Plans by what they are for: the number of a change, {@code template-<key>} or {@code plan-of-<service>}. */
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
                .query((row, i) ->
                        new Stored(json.read(row.getString("document"), RolloutPlan.class), row.getLong("version")))
                .optional();
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
                insert into rollout_plan (planned_for, version, process, document, updated_at)
                values (:plannedFor, 1, :process, :document, :now)""")
                .param("plannedFor", plannedFor)
                .param("process", plan.process())
                .param("document", json.write(plan))
                .param("now", UtcColumn.of(clock.instant()))
                .update();
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
