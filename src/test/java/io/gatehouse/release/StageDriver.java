package io.gatehouse.release;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.THEO;

import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.SignedIn;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/** Brings releases through their stages where nothing runs by itself. */
public class StageDriver {

    public static final SignedIn QUINN = new SignedIn("quinn", "qa-lead");

    private final Stages stages;
    private final Changes changes;
    private final Tasks tasks;
    private final RuntimeService runtime;
    private final ManagementService jobs;

    public StageDriver(BeanFactory beans) {
        this.stages = beans.getBean(Stages.class);
        this.changes = beans.getBean(Changes.class);
        this.tasks = beans.getBean(Tasks.class);
        this.runtime = beans.getBean(RuntimeService.class);
        this.jobs = beans.getBean(ManagementService.class);
    }

    /** Its change is raised, and goes on from now on. */
    public Change raise(String number) {
        enter(number);
        fire(number, "ReleaseStage", "Activity_RaiseStageChange");
        return changes.find(changeOf(number));
    }

    public void enter(String number) {
        fire(number, "ReleaseStage", "Activity_EnterStage");
    }

    public Change deploy(String number) {
        Change change = raise(number);
        bringToItsEnd(number);
        return change;
    }

    /** Outside of production a small change is only looked at by a colleague, and here people implement it. */
    public void bringToItsEnd(String number) {
        String change = changeOf(number);
        THEO.runs(() -> tasks.submit(
                change, "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "looked at it")));
        if (changes.find(change).state() == ChangeState.SCHEDULED) {
            fire(change, "NormalChange", "Event_WindowOpened");
        }
        OSKAR.runs(() ->
                tasks.submit(change, "ImplementChange", null, Map.of("result", "SUCCESSFUL", "rolledBack", false)));
        if (changes.find(change).state() == ChangeState.REVIEW) {
            MONA.runs(() ->
                    tasks.submit(change, "ReviewChange", null, Map.of("closeCode", "SUCCESSFUL", "lessons", "none")));
        }
        fire(number, "ReleaseStage", "Event_StageChangeOver");
    }

    public String testOf(String number, String name) {
        return stages.currentOf(number).newestTests().stream()
                .filter(test -> test.name().equals(name))
                .findFirst()
                .orElseThrow()
                .number();
    }

    public void record(String number, String name, int passed, int failed) {
        QUINN.runs(() -> tasks.submit(
                testOf(number, name),
                ReleaseModel.RECORD_TEST_RESULT,
                null,
                Map.of("passed", String.valueOf(passed), "failed", String.valueOf(failed))));
    }

    public void signOff(SignedIn who, String number, String decision) {
        signOff(who, number, null, decision);
    }

    /** Says for which seat, which somebody has to who has several. */
    public void signOff(SignedIn who, String number, @Nullable String seat, String decision) {
        Map<String, Object> answers = new HashMap<>(Map.of("decision", decision, "criteriaMet", true));
        if (!decision.equals("PASS")) {
            answers.put("note", "It does not keep its promise");
        }
        who.runs(() -> tasks.submit(number, ReleaseModel.SIGN_OFF_STAGE, seat, answers));
    }

    /** Executes the one job that waits there. */
    public void fire(String number, String process, String activity) {
        jobs.executeJob(Objects.requireNonNull(
                        jobs.createJobQuery()
                                .processInstanceId(runtime.createProcessInstanceQuery()
                                        .processInstanceBusinessKey(number, process)
                                        .singleResult()
                                        .getId())
                                .activityId(activity)
                                .singleResult(),
                        () -> activity + " of " + number + " does not wait")
                .getId());
    }

    private String changeOf(String number) {
        return Objects.requireNonNull(stages.currentOf(number).change(), "no change deploys it");
    }
}
