package io.gatehouse.crash;

import io.gatehouse.testing.MySqlDatabase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Looks into the database past the product. */
final class Tables {

    private static final Map<String, String> AFTER_CRASH =
            Map.of(DeployTool.ASKED, "QUERYABLE", DeployTool.BLIND, "NEITHER");

    private final MySqlDatabase database;
    private final JdbcClient jdbc;
    private final HistoryReader reader;
    private final long firstChange;

    /** Only what is written from now on is looked at. */
    Tables(MySqlDatabase database) {
        this.database = database;
        this.jdbc = JdbcClient.create(
                new DriverManagerDataSource(database.url(), database.username(), database.password()));
        this.reader = HistoryReader.of(jdbc);
        this.firstChange = jdbc.sql("select coalesce(max(id), 0) + 1 from change_request")
                .query(Long.class)
                .single();
    }

    MySqlDatabase database() {
        return database;
    }

    /** The end of the audit trail as its verifier takes it. */
    String auditHead() {
        return jdbc.sql("select concat(n, ':', hash) from audit_head")
                .query(String.class)
                .single();
    }

    /** What has happened since, by the product's own account and that of the tool. */
    History history(DeployTool tool, Acknowledged acknowledged) {
        return reader.read(tool.requests(), AFTER_CRASH, Set.copyOf(Acknowledged.ACTIONS), acknowledged.facts());
    }

    /** The same, when nobody has kept what was acknowledged. */
    History history(DeployTool tool) {
        return reader.read(tool.requests(), AFTER_CRASH, Set.of(), Map.of());
    }

    List<String> titles() {
        return texts("select title from change_request where id >= " + firstChange);
    }

    List<String> changesThatHaveNotEnded() {
        return texts("select concat(id, ' ', state) from change_request where id >= " + firstChange
                + " and (state not in ('NEW', 'CLOSED', 'CANCELED') or on_hold_because is not null)");
    }

    List<String> callbacks() {
        return texts("select delivery_id from callback_inbox");
    }

    /** What a command, a rollout, a request or the engine would leave if it had been forgotten half done. */
    List<String> leftovers() {
        return texts(
                """
                select concat('command ', idempotency_key, ' ', state) from rollout_command
                    where state in ('NEW', 'HELD', 'SENDING', 'ACCEPTED')
                union all select concat('step ', rollout_id, ' ', seq, ' ', state) from rollout_step
                    where state in ('RUNNING', 'HELD', 'UNKNOWN', 'UNDOING', 'UNDO_FAILED')
                union all select concat('rollout ', id, ' ', state) from rollout
                    where state in ('WAITING', 'RUNNING', 'ABORTING', 'ROLLING_BACK')
                union all select concat('target ', service, ' of ', rollout_id) from rollout_target
                union all select concat('callback ', delivery_id, ' ', state, ' ', note) from callback_inbox
                    where state not in ('APPLIED', 'IGNORED')
                union all select concat('request ', hex(id)) from idempotent_request where status is null
                union all select concat('incident ', incident_type_, ' ', activity_id_) from ACT_RU_INCIDENT
                union all select concat('job of ', process_instance_id_) from ACT_RU_JOB where retries_ = 0
                union all select concat('rollout process ', business_key_) from ACT_RU_EXECUTION
                    where business_key_ like 'ROL-%'
                union all select concat('change process ', business_key_) from ACT_RU_EXECUTION
                    join change_request on business_key_ = concat('CHG-', lpad(change_request.id, 6, '0'))
                    where state in ('CLOSED', 'CANCELED')
                """);
    }

    private List<String> texts(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }
}
