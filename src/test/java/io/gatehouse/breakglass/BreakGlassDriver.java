package io.gatehouse.breakglass;

import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gatehouse.access.Person;
import io.gatehouse.audit.TrailNames;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Repair;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.SignedIn;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Takes overrides through their process by hand. */
public final class BreakGlassDriver {

    public static final String WINDOW = "Event_WindowOpened";
    public static final Repair RETRIES = new Repair(Repair.Kind.SET_RETRIES, WINDOW, null, null, null);
    public static final Repair DELETION = new Repair(Repair.Kind.DELETE_PROCESS, null, null, null, null);

    private static final Person REQUESTER = new Person("rita", Set.of("requester"));

    private final ChangeProcess changes;
    private final BreakGlasses breakGlasses;
    private final BreakGlassUses uses;
    private final Tasks tasks;
    private final RuntimeService runtime;
    private final ManagementService management;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    public BreakGlassDriver(ApplicationContext context) {
        this.changes = context.getBean(ChangeProcess.class);
        this.breakGlasses = context.getBean(BreakGlasses.class);
        this.uses = context.getBean(BreakGlassUses.class);
        this.tasks = context.getBean(Tasks.class);
        this.runtime = context.getBean(RuntimeService.class);
        this.management = context.getBean(ManagementService.class);
        this.jdbc = context.getBean(JdbcTemplate.class);
        this.clock = context.getBean(Clock.class);
        ChangeFixture.catalog(jdbc);
    }

    /** A change under technical review, of a service nobody else uses. */
    public String change() {
        String service = "service-" + UUID.randomUUID().toString().substring(0, 8);
        jdbc.update(
                "insert into service (service_key, name, tier, owner_group, version) values (?, ?, 4, 'team', 1)",
                service,
                service);
        return RITA.does(() -> changes.submit(
                        REQUESTER,
                        changes.raise(
                                        REQUESTER,
                                        ChangeFixture.content(
                                                service,
                                                "dev",
                                                ChangeFixture.windowIn(clock.instant(), Duration.ofHours(1))))
                                .number())
                .number());
    }

    /** A change that waits for its window. */
    public String scheduledChange() {
        String change = change();
        THEO.runs(() ->
                tasks.submit(change, "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "sound")));
        return change;
    }

    /** A scheduled change whose timer has failed until no retries were left; what made it fail is mended by now. */
    public String changeWithFailedJob() {
        String change = scheduledChange();
        long id = Long.parseLong(change.substring(4));
        jdbc.update("update change_request set state = 'BROKEN' where id = ?", id);
        for (int tries = 0; tries < 10 && job(change).getRetries() > 0; tries++) {
            Throwable ignored = catchThrowable(() -> run(change));
        }
        jdbc.update("update change_request set state = 'SCHEDULED' where id = ?", id);
        return change;
    }

    public Job job(String number) {
        return management
                .createJobQuery()
                .processInstanceId(instance(number).getId())
                .singleResult();
    }

    /** Runs the one job of a process, as the engine would. */
    public void run(String number) {
        management.executeJob(job(number).getId());
    }

    public ProcessInstance instance(String number) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .singleResult();
    }

    public boolean hasProcess(String number) {
        return instance(number) != null;
    }

    public List<String> waitsAt(String number) {
        return runtime.getActiveActivityIds(instance(number).getId());
    }

    /** Asked by Oskar, for half an hour. */
    public String asked(String target, Repair... repairs) {
        return OSKAR.does(() -> breakGlasses
                .ask(
                        target,
                        List.of(repairs),
                        "Its job failed",
                        "INC-4711",
                        clock.instant().plus(Duration.ofMinutes(30)))
                .number());
    }

    /** Asked by Oskar, granted by Rolf. */
    public String granted(String target, Repair... repairs) {
        String number = asked(target, repairs);
        SignedIn.ROLF.runs(() -> decide(number, "GRANT"));
        return number;
    }

    public void decide(String number, String decision) {
        tasks.submit(
                number, "GrantBreakGlass", null, Map.of("decision", decision, "reason", "Nothing else helps in time"));
    }

    public void review(String number) {
        tasks.submit(
                number,
                "ReviewBreakGlass",
                null,
                Map.of("outcome", "JUSTIFIED", "toMend", "Let it be tried again by itself"));
    }

    public BreakGlass use(SignedIn person, String number, Repair repair) {
        return person.does(() -> uses.use(number, repair.kind()));
    }

    public BreakGlass.State stateOf(String number) {
        return breakGlasses.find(number).state();
    }

    /** What the trail says about it. */
    public List<String> trail(String number) {
        return jdbc.queryForList("select action from audit_entry where object = ? order by n", String.class, number);
    }

    public String lastActor(String number) {
        return jdbc.queryForObject(
                "select " + TrailNames.ACTOR + " from audit_entry where object = ? order by n desc limit 1",
                String.class,
                number);
    }
}
