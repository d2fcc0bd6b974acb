package io.gatehouse.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.audit.TrailNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the product's side of a history, from a moment on: its ledger and its audit trail. */
public final class HistoryReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcClient jdbc;
    private final long before;
    private final long beforeRollout;
    private final long beforeChange;

    private final boolean withChanges;

    private HistoryReader(JdbcClient jdbc, boolean withChanges) {
        this.jdbc = jdbc;
        this.withChanges = withChanges;
        this.before = highest("audit_entry", "n");
        this.beforeRollout = highest("rollout", "id");
        this.beforeChange = highest("change_request", "id");
    }

    /** Of what happens from now on. */
    public static HistoryReader of(JdbcClient jdbc) {
        return new HistoryReader(jdbc, true);
    }

    /** Of what happens from now on to rollouts, whose changes a test has made up and which have no process. */
    public static HistoryReader ofRollouts(JdbcClient jdbc) {
        return new HistoryReader(jdbc, false);
    }

    private long highest(String table, String column) {
        return jdbc.sql("select coalesce(max(" + column + "), 0) from " + table)
                .query(Long.class)
                .single();
    }

    /**
     * @param requests by the journal of the tool
     * @param afterCrash what each connector allows after a crash
     * @param acknowledged what callers were promised, by object and action
     */
    public History read(
            List<History.Request> requests,
            Map<String, String> afterCrash,
            Set<String> watched,
            Map<String, Integer> acknowledged) {
        List<String> faults = new ArrayList<>();
        List<History.Entry> trail = trail(faults);
        return new History(
                requests.stream()
                        .filter(request ->
                                Long.parseLong(request.move().rollout().substring(4)) > beforeRollout)
                        .toList(),
                commands(afterCrash),
                steps(),
                trail,
                trail.stream()
                        .filter(entry -> entry.action().equals("rollout.Opened"))
                        .collect(Collectors.toMap(History.Entry::object, entry -> entry.fact("change"))),
                approvals(),
                watched,
                acknowledged,
                standing(),
                faults);
    }

    private List<History.Entry> trail(List<String> faults) {
        String[] previous = new String[1];
        List<History.Entry> trail = new ArrayList<>();
        jdbc.sql("select e.*, " + TrailNames.ACTOR + " as who from audit_entry e where e.n > :before order by e.n")
                .param("before", before)
                .query(row -> {
                    if (previous[0] != null && !previous[0].equals(row.getString("previous_hash"))) {
                        faults.add("Entry " + row.getLong("n") + " does not follow the one before it.");
                    }
                    previous[0] = row.getString("hash");
                    trail.add(new History.Entry(
                            row.getLong("n"),
                            row.getString("who"),
                            row.getString("action"),
                            row.getString("object"),
                            facts(row.getString("payload"))));
                });
        return trail;
    }

    private static Map<String, String> facts(String payload) {
        try {
            return JSON.readTree(payload).properties().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, fact -> fact.getValue().asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<History.Command> commands(Map<String, String> afterCrash) {
        return jdbc.sql("select * from rollout_command where rollout_id > :before order by id")
                .param("before", beforeRollout)
                .query((row, i) -> new History.Command(
                        row.getString("idempotency_key"),
                        new History.Move(rollout(row.getLong("rollout_id")), row.getInt("seq"), row.getString("kind")),
                        row.getInt("attempt"),
                        afterCrash.get(row.getString("connector")),
                        row.getString("state"),
                        row.getLong("fence"),
                        row.getBoolean("maybe_sent")))
                .list();
    }

    private List<History.Step> steps() {
        return jdbc.sql("select * from rollout_step where rollout_id > :before")
                .param("before", beforeRollout)
                .query((row, i) -> new History.Step(
                        rollout(row.getLong("rollout_id")),
                        row.getInt("seq"),
                        row.getString("state"),
                        row.getBoolean("only_checks") || row.getString("stage").equals("VERIFY")))
                .list();
    }

    /** A standard change is approved by whoever let its template in. */
    private List<History.Approval> approvals() {
        return jdbc.sql(
                        """
                select c.id, c.requester, a.person, coalesce((select max(e.n) from audit_entry e
                    where e.object = concat('CHG-', lpad(c.id, 6, '0')) and e.action = 'change.Approved'
                    and e.actor = (select concat('person-', lpad(p.n, 9, '0')) from audit_person p
                        where p.person = a.person)), 0) as n
                from change_request c join change_approval a on a.change_id = c.id
                where c.id > :before and a.decision = 'APPROVED'
                union all
                select c.id, c.requester, coalesce((select p.person from audit_person p
                    where concat('person-', lpad(p.n, 9, '0')) = e.actor), e.actor), e.n
                from change_request c join audit_entry e on e.object = concat('template-', c.template_key)
                where c.id > :before and c.type = 'STANDARD' and e.action = 'change.TemplateSaved'""")
                .param("before", beforeChange)
                .query((row, i) -> new History.Approval(
                        "CHG-%06d".formatted(row.getLong("id")),
                        row.getString("requester"),
                        row.getString("person"),
                        row.getLong("n")))
                .list();
    }

    private List<History.Standing> standing() {
        return jdbc
                .sql(
                        """
                select concat('CHG-', lpad(c.id, 6, '0')) as object, c.state,
                    (select count(*) from ACT_RU_EXECUTION r
                        where r.BUSINESS_KEY_ = concat('CHG-', lpad(c.id, 6, '0')) and r.PARENT_ID_ is null
                        and (exists (select 1 from ACT_RU_TASK t join ACT_RU_EXECUTION e on e.ID_ = t.EXECUTION_ID_
                                where e.ROOT_PROC_INST_ID_ = r.ROOT_PROC_INST_ID_)
                            or exists (select 1 from ACT_RU_JOB j join ACT_RU_EXECUTION e on e.ID_ = j.EXECUTION_ID_
                                where e.ROOT_PROC_INST_ID_ = r.ROOT_PROC_INST_ID_)
                            or exists (select 1 from ACT_RU_EVENT_SUBSCR s where s.PROC_INST_ID_ = r.ID_))) as process,
                    0 as commands
                from change_request c where c.id > :change and c.state not in ('NEW', 'CLOSED', 'CANCELED')
                union all
                select concat('ROL-', lpad(o.id, 6, '0')), o.state,
                    (select count(*) from ACT_RU_EXECUTION r
                        where r.BUSINESS_KEY_ = concat('ROL-', lpad(o.id, 6, '0')) and r.PARENT_ID_ is null
                        and (exists (select 1 from ACT_RU_TASK t where t.PROC_INST_ID_ = r.ID_)
                            or exists (select 1 from ACT_RU_JOB j where j.PROCESS_INSTANCE_ID_ = r.ID_))),
                    (select count(*) from rollout_command k where k.rollout_id = o.id
                        and k.state in ('NEW', 'HELD', 'SENDING', 'ACCEPTED'))
                from rollout o where o.id > :rollout and o.state in ('WAITING', 'RUNNING', 'ABORTING', 'ROLLING_BACK')""")
                .param("change", beforeChange)
                .param("rollout", beforeRollout)
                .query((row, i) -> new History.Standing(
                        row.getString("object"),
                        row.getString("state"),
                        waits(row.getInt("process"), row.getInt("commands"))))
                .list()
                .stream()
                .filter(standing -> withChanges || standing.object().startsWith("ROL-"))
                .toList();
    }

    private static List<String> waits(int process, int commands) {
        return Arrays.asList("its process", "a command").stream()
                .filter(what -> what.equals("a command") ? commands > 0 : process > 0)
                .toList();
    }

    private static String rollout(long id) {
        return "ROL-%06d".formatted(id);
    }
}
