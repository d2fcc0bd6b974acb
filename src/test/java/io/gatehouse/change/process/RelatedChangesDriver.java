package io.gatehouse.change.process;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;

import io.gatehouse.access.Person;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeTemplate;
import io.gatehouse.change.ChangeTemplates;
import io.gatehouse.change.Changes;
import io.gatehouse.change.PlanColumns;
import io.gatehouse.change.RelationKind;
import io.gatehouse.change.Relations;
import io.gatehouse.change.Window;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.springframework.context.ApplicationContext;

/** Takes changes that are related on their way; those of templates start when they are submitted and close themselves. */
class RelatedChangesDriver {

    static final Person RITA_HERSELF = new Person(RITA.id(), Set.of(RITA.groups()));
    static final Person MONA_HERSELF = new Person(MONA.id(), Set.of(MONA.groups()));

    private final ChangeProcess process;
    private final ChangeTemplates templates;
    private final Changes changes;
    private final Relations relations;
    private final Tasks tasks;
    private final RuntimeService runtime;
    private final ManagementService jobs;
    private final TestClock clock;

    RelatedChangesDriver(ApplicationContext application) {
        process = application.getBean(ChangeProcess.class);
        templates = application.getBean(ChangeTemplates.class);
        changes = application.getBean(Changes.class);
        relations = application.getBean(Relations.class);
        tasks = application.getBean(Tasks.class);
        runtime = application.getBean(RuntimeService.class);
        jobs = application.getBean(ManagementService.class);
        clock = application.getBean(TestClock.class);
    }

    /** A standard change whose window is open; each service and environment has one change at a time. */
    String draft(String service, String environment) {
        return draft(service, environment, openNow());
    }

    String draft(String service, String environment, Window window) {
        String template = "restart-" + UUID.randomUUID();
        templates.save(new ChangeTemplate(
                template,
                0,
                "Restart " + service,
                true,
                service,
                environment,
                new PlanColumns("restart", "ask it", "restart again", null)));
        return RITA.does(
                () -> process.raiseStandard(RITA_HERSELF, template, window).number());
    }

    ChangeState submit(String number) {
        return RITA.does(() -> process.submit(RITA_HERSELF, number).state());
    }

    void relate(String number, RelationKind kind, String other) {
        RITA.does(() -> relations.add(RITA_HERSELF, number, kind, other, null));
    }

    /** Of a standard change: a successful one is closed by that. */
    void implement(String number, String result) {
        OSKAR.runs(() -> tasks.submit(number, "ImplementChange", null, Map.of("result", result)));
    }

    void review(String number, String closeCode) {
        MONA.runs(() -> tasks.submit(number, "ReviewChange", null, Map.of("closeCode", closeCode, "lessons", "none")));
    }

    ChangeState state(String number) {
        return changes.find(number).state();
    }

    /** Whether it waits for another and nobody has told it to look again. */
    boolean waits(String number) {
        return runtime.createEventSubscriptionQuery()
                        .eventName("change.PrerequisiteMet")
                        .processInstanceId(instance(number))
                        .count()
                > 0;
    }

    boolean isTold(String number) {
        return !told(number).isEmpty();
    }

    /** What the engine does with somebody who was told. */
    void lookAgain(String number) {
        jobs.executeJob(told(number).get(0).getId());
    }

    private List<Job> told(String number) {
        return jobs.createJobQuery()
                .processInstanceId(instance(number))
                .activityId("Event_PrerequisiteMet")
                .list();
    }

    void openWindow(String number) {
        jobs.executeJob(jobs.createJobQuery()
                .processInstanceId(instance(number))
                .activityId("Event_WindowOpened")
                .singleResult()
                .getId());
    }

    boolean isOver(String number) {
        return runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(number)
                        .count()
                == 0;
    }

    private String instance(String number) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .singleResult()
                .getId();
    }

    Window openNow() {
        return ChangeFixture.windowIn(clock.instant(), Duration.ofMinutes(-1));
    }

    Window soon() {
        return ChangeFixture.windowIn(clock.instant(), Duration.ofHours(1));
    }
}
