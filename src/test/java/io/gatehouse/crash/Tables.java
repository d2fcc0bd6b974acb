package io.gatehouse.crash;

import io.gatehouse.testing.MySqlDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Looks into the database past the product. */
final class Tables {

    private final MySqlDatabase database;
    private final JdbcClient jdbc;
    private final long firstEntry;
    private final long firstChange;

    /** Of changes and of the audit trail only what is written from now on is looked at. */
    Tables(MySqlDatabase database) {
        this.database = database;
        this.jdbc = JdbcClient.create(
                new DriverManagerDataSource(database.url(), database.username(), database.password()));
        this.firstEntry = highest("audit_entry", "n") + 1;
        this.firstChange = highest("change_request", "id") + 1;
    }

    private long highest(String table, String column) {
        return jdbc.sql("select coalesce(max(" + column + "), 0) from " + table)
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

    /** What people did according to the audit trail, and how often. */
    Map<Acknowledged.Fact, Integer> facts() {
        return jdbc
                .sql(
                        """
                select object, action, count(*) as times from audit_entry
                where n >= :first and action in (:actions) group by object, action""")
                .param("first", firstEntry)
                .param("actions", Acknowledged.ACTIONS)
                .query((row, i) -> Map.entry(
                        new Acknowledged.Fact(row.getString("object"), row.getString("action")), row.getInt("times")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    List<String> titles() {
        return texts("select title from change_request where id >= " + firstChange);
    }

    List<String> changesThatHaveNotEnded() {
        return texts("select concat(id, ' ', state) from change_request where id >= " + firstChange
                + " and (state not in ('NEW', 'CLOSED', 'CANCELED') or on_hold_because is not null)");
    }

    List<String> commands(String state) {
        return texts("select idempotency_key from rollout_command where state = '" + state + "'");
    }

    List<String> allCommands() {
        return texts("select idempotency_key from rollout_command");
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
