package io.gatehouse.rollout;

import io.gatehouse.change.ChangeFixture;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes rollouts through their process by hand. */
@TestComponent
class RolloutDriver {

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final PlanRows plans;
    private final RolloutRows rows;
    private final StepRows steps;
    private final PlansToSeal seals;
    private final Rollouts rollouts;
    private final DispatchRound round;
    private final Dispatcher dispatcher;
    private final RuntimeService runtime;
    private final ManagementService management;
    private final TaskService tasks;
    private final HistoryService history;

    RolloutDriver(
            JdbcTemplate template,
            JdbcClient jdbc,
            PlanRows plans,
            RolloutRows rows,
            StepRows steps,
            PlansToSeal seals,
            Rollouts rollouts,
            DispatchRound round,
            Dispatcher dispatcher,
            RuntimeService runtime,
            ManagementService management,
            TaskService tasks,
            HistoryService history) {
        this.template = template;
        this.jdbc = jdbc;
        this.plans = plans;
        this.rows = rows;
        this.steps = steps;
        this.seals = seals;
        this.rollouts = rollouts;
        this.round = round;
        this.dispatcher = dispatcher;
        this.runtime = runtime;
        this.management = management;
        this.tasks = tasks;
        this.history = history;
    }

    static PlannedStep step(Stage stage, String name, String connector) {
        Undo undo = stage.changesSomething() ? new Undo(connector, Map.of("version", "1.0")) : null;
        return new PlannedStep(stage, name, connector, "web", Map.of("version", "2.0"), undo, null, false, null, null);
    }

    /** A step that only looks. */
    static PlannedStep check(Stage stage, String name) {
        return new PlannedStep(stage, name, "tool", "web", Map.of("version", "2.0"), null, null, true, null, null);
    }

    static PlannedStep irreversible(Stage stage, String name) {
        return new PlannedStep(
                stage, name, "tool", "db", Map.of("version", "2.0"), null, "Data is dropped", false, null, null);
    }

    /** A step that a person does, and a person undoes. */
    static PlannedStep manual(Stage stage, String name, ManualWork work) {
        Undo undo = new Undo(ManualWork.CONNECTOR, Map.of(), new ManualWork("Take it back", List.of("It is back")));
        return manual(stage, name, work, stage.changesSomething() ? undo : null);
    }

    static PlannedStep manual(Stage stage, String name, ManualWork work, @Nullable Undo undo) {
        return new PlannedStep(stage, name, ManualWork.CONNECTOR, "web", Map.of(), undo, null, false, null, null, work);
    }

    /** A plan with this many deploy steps and nothing else. */
    static RolloutPlan deploySteps(int count) {
        return plan(IntStream.rangeClosed(1, count)
                .mapToObj(i -> step(Stage.DEPLOY_APPLICATION, "Deploy part " + i, "tool")));
    }

    static RolloutPlan plan(Stream<PlannedStep> steps) {
        return new RolloutPlan(
                RolloutPlan.STANDARD_PROCESS,
                steps.toList(),
                Map.of(),
                List.of(),
                Duration.ofHours(1),
                OnFailedVerification.ROLL_BACK);
    }

    static RolloutPlan plan(PlannedStep... steps) {
        return plan(Stream.of(steps));
    }

    /** A change that is being implemented, of a service nobody else uses. */
    String changeInImplementation(String requester) {
        return changeInImplementation(requester, "service-" + UUID.randomUUID());
    }

    String changeInImplementation(String requester, String service) {
        LocalDateTime now = LocalDateTime.now();
        String title = UUID.randomUUID().toString();
        jdbc.sql(
                        """
                insert into change_request (version, type, state, title, environment_key, requester, window_starts_at,
                    window_ends_at, data_migration, downtime, backout_tested, approval_round, rolled_back, created_at)
                values (0, 'NORMAL', 'IMPLEMENT', :title, 'production', :requester, :now, :now, false, false, false, 1,
                    false, :now)""")
                .param("title", title)
                .param("requester", requester)
                .param("now", now)
                .update();
        long id = jdbc.sql("select id from change_request where title = :title")
                .param("title", title)
                .query(Long.class)
                .single();
        jdbc.sql("insert into change_service (change_id, service_key) values (:id, :service)")
                .param("id", id)
                .param("service", service)
                .update();
        return "CHG-%06d".formatted(id);
    }

    /** Opens a rollout of a change of its own; its first step, if it may begin, has a command. */
    String start(RolloutPlan plan) {
        return start(changeInImplementation("rita"), plan);
    }

    String start(String change, RolloutPlan plan) {
        plans.insert(change, plan);
        ChangeFixture.approve(template, change, seals.of(change));
        runtime.startProcessInstanceByKey(plan.process(), Map.of("changeNumber", change));
        runJobs(change);
        return rollouts.latestOf(change).orElseThrow().number();
    }

    /** Lets a change that began its implementation open its rollout. */
    String opened(String change) {
        runJobs(change);
        return rollouts.latestOf(change).orElseThrow().number();
    }

    /** Sends commands and runs what is not a timer, until nothing is left to do. */
    void settle(String number) {
        settle(number, round);
    }

    /** The same, as this node does it. */
    void settle(String number, DispatchRound round) {
        String change = rollouts.find(number).change();
        while (round.dispatchOnce() + runJobs(change) > 0) {
            // every round leaves less to do
        }
    }

    /** Starts, and settles. */
    String run(RolloutPlan plan) {
        String number = start(plan);
        settle(number);
        return number;
    }

    int dispatchOnce() {
        return round.dispatchOnce();
    }

    /** The same, of no more than so many commands, so that others that do it at this moment have some left. */
    int dispatchSome(int atMost) {
        int prepared = round.prepare();
        List<Lease> leases = dispatcher.lease(atMost);
        leases.forEach(dispatcher::send);
        return prepared + leases.size();
    }

    /** Lets the timer at which the rollout waits fire. */
    void fireTimer(String number) {
        List<Job> timers = management
                .createJobQuery()
                .processInstanceId(instanceOf(number))
                .timers()
                .list();
        timers.forEach(timer -> management.executeJob(timer.getId()));
        settle(number);
    }

    List<String> waitsAt(String number) {
        return runtime.getActiveActivityIds(instanceOf(number));
    }

    /** The numbers of the rollouts whose process stands there. */
    List<String> waitingAt(String activity) {
        return runtime.createProcessInstanceQuery().activityIdIn(activity).list().stream()
                .map(ProcessInstance::getBusinessKey)
                .toList();
    }

    /** The numbers of all rollouts that have not ended. */
    Set<String> live() {
        return rows.live().stream().map(RolloutNumber::of).collect(Collectors.toSet());
    }

    /** The steps of all rollouts that are in one of these states. */
    List<Step> stepsIn(StepState... states) {
        return jdbc.sql("select rollout_id, seq from rollout_step where state in (:states) order by rollout_id, seq")
                .param("states", Stream.of(states).map(StepState::name).toList())
                .query((row, i) -> steps.get(row.getLong("rollout_id"), row.getInt("seq")))
                .list();
    }

    List<Task> openTasks(String number) {
        return tasks.createTaskQuery().processInstanceBusinessKey(number).list();
    }

    boolean hasEnded(String number) {
        return instance(number).getEndTime() != null;
    }

    RolloutState stateOf(String number) {
        return rollouts.find(number).state();
    }

    List<String> passed(String number) {
        return history
                .createHistoricActivityInstanceQuery()
                .processInstanceId(instance(number).getId())
                .finished()
                .list()
                .stream()
                .map(HistoricActivityInstance::getActivityId)
                .toList();
    }

    /** Runs all that is not a timer, of every process, once. */
    void runJobs() {
        jobsByProcess().forEach(jobs -> jobs.forEach(this::run));
    }

    /** All that is not a timer; what belongs to one process is run by one node at a time. */
    Collection<List<Job>> jobsByProcess() {
        return management.createJobQuery().messages().list().stream()
                .collect(Collectors.groupingBy(Job::getProcessInstanceId))
                .values();
    }

    void run(Job job) {
        management.executeJob(job.getId());
    }

    private int runJobs(String change) {
        List<Job> jobs =
                runtime.createProcessInstanceQuery().variableValueEquals("changeNumber", change).list().stream()
                        .flatMap(instance ->
                                management
                                        .createJobQuery()
                                        .processInstanceId(instance.getId())
                                        .messages()
                                        .list()
                                        .stream())
                        .toList();
        jobs.forEach(job -> management.executeJob(job.getId()));
        return jobs.size();
    }

    private String instanceOf(String number) {
        return instance(number).getId();
    }

    private HistoricProcessInstance instance(String number) {
        return history.createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .singleResult();
    }
}
