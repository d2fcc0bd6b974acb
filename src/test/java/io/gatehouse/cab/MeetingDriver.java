package io.gatehouse.cab;

import static io.gatehouse.testing.SignedIn.MONA;

import io.gatehouse.api.Precondition;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeType;
import io.gatehouse.change.Changes;
import io.gatehouse.change.Window;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.SignedIn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Has boards meet, by hand. Each board looks at changes of an environment of its own. */
final class MeetingDriver {

    final Boards boards;
    final Meetings meetings;
    final Agendas agendas;
    final JdbcTemplate jdbc;
    private final Changes changes;
    private final Tasks tasks;
    private final RuntimeService runtime;
    private final ManagementService management;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ProcessEngine engine;
    private final Set<String> raised = new HashSet<>();
    final String key = "board-" + UUID.randomUUID().toString().substring(0, 8);

    MeetingDriver(ApplicationContext context) {
        boards = context.getBean(Boards.class);
        meetings = context.getBean(Meetings.class);
        agendas = context.getBean(Agendas.class);
        jdbc = context.getBean(JdbcTemplate.class);
        changes = context.getBean(Changes.class);
        tasks = context.getBean(Tasks.class);
        runtime = context.getBean(RuntimeService.class);
        management = context.getBean(ManagementService.class);
        transaction = context.getBean(TransactionTemplate.class);
        clock = context.getBean(Clock.class);
        engine = context.getBean(ProcessEngine.class);
        ChangeFixture.catalog(jdbc);
        BoardFixture.people(context.getBean(IdentityService.class));
        jdbc.update(
                "insert into environment (environment_key, name, kind, stage_order, production, version)"
                        + " values (?, ?, 'STAGING', 7, true, 1)",
                key,
                key);
    }

    BoardDescription description() {
        return new BoardDescription(
                "Board <b>of</b> the test",
                true,
                2,
                new BoardSchedule("FREQ=WEEKLY;BYDAY=WE", "2026-01-07T14:00", "Europe/Berlin", 60, 24),
                10,
                72,
                List.of(
                        new BoardMember("chair", "chris", true, false, true),
                        new BoardMember("operations", "oskar", false, false, false),
                        new BoardMember("security", "sasha", false, true, false)),
                List.of(new BoardDelegate("chair", 0, "carla", null, null)),
                new HashSet<>(Set.of(
                        new BoardFilter(BoardFilter.Kind.STATE, "NEW"),
                        new BoardFilter(BoardFilter.Kind.ENVIRONMENT, key),
                        new BoardFilter(BoardFilter.Kind.TIER, "2"))));
    }

    Board board() {
        return MONA.does(() -> boards.put(key, description(), Precondition.parse(null, "*")));
    }

    /** The number of the next meeting of a new board. */
    String planned() {
        board();
        return meetings.next(key).orElseThrow();
    }

    /** A change of the environment of this board that is to start so many days from now. */
    String change(int days) {
        return change("nova", days);
    }

    String change(String service, int days) {
        return change(service, clock.instant().plus(Duration.ofDays(days)));
    }

    String change(String service, Instant start) {
        ChangeContent content = ChangeFixture.content(service, key, new Window(start, start.plus(Duration.ofHours(1))));
        String number = SignedIn.RITA.does(() -> transaction.execute(status ->
                changes.raise(ChangeType.NORMAL, "rita", null, content).number()));
        raised.add(number);
        return number;
    }

    /** Lets the time come for which the meeting waits. */
    void run(String number) {
        management.executeJob(job(number).getId());
    }

    /** The time for which it waits. */
    Instant waitsUntil(String number) {
        return job(number).getDuedate().toInstant();
    }

    private Job job(String number) {
        return management
                .createJobQuery()
                .processInstanceId(instance(number).getId())
                .singleResult();
    }

    ProcessInstance instance(String number) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .singleResult();
    }

    /** As nobody can through the product. */
    void delete(String number) {
        String id = instance(number).getId();
        InsideTheEngine.run(engine, () -> runtime.deleteProcessInstance(id, "gone"));
    }

    /** A meeting that the chair can open. */
    String ready() {
        String number = planned();
        run(number);
        run(number);
        return number;
    }

    void open(SignedIn person, String number) {
        person.runs(() -> tasks.submit(number, MeetingModel.OPEN, null, Map.of()));
    }

    void close(SignedIn person, String number) {
        person.runs(() -> tasks.submit(number, MeetingModel.CLOSE, null, Map.of("remarks", "Well *done*")));
    }

    /** Past the product, and at once: every sweep of another test would look after the board of this one. */
    void dissolve() {
        jdbc.update("update board set active = false where board_key = ?", key);
        jdbc.update(
                "update cab_meeting set state = 'CANCELED' where state in ('PLANNED', 'OPEN') and board_key = ?", key);
    }

    List<String> changesOn(String number) {
        return itemsOn(number).stream().map(AgendaItem::change).toList();
    }

    /** Without what other tests have left that every board is told of. */
    List<AgendaItem> itemsOn(String number) {
        return meetings.find(number).items().stream()
                .filter(item -> raised.contains(item.change()))
                .toList();
    }

    /** What the trail says about it. */
    List<String> trail(String number) {
        return jdbc.queryForList("select action from audit_entry where object = ? order by n", String.class, number);
    }
}
