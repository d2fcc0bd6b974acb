package io.gatehouse.change;

import static io.gatehouse.change.DutiesModel.APPROVE_CHANGE;
import static io.gatehouse.change.DutiesModel.IMPLEMENT_CHANGE;
import static io.gatehouse.change.DutiesModel.REVIEW_CHANGE;
import static io.gatehouse.change.DutiesModel.REVIEW_TECHNICALLY;
import static io.gatehouse.change.DutiesModel.REVISE_CHANGE;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.DutiesModel.Actor;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.SignedIn;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.ProcessEnginePersistenceException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Does to one change what chance decides, through the doors of the product and in the model, and compares. */
class DutiesSequence {

    private static final List<String> PEOPLE = List.of("ann", "ben", "cat", "dan", "eve", "fay");
    private static final List<String> GROUPS = List.of(
            "requester",
            "technical-approver",
            "change-manager",
            "ops-lead",
            "cab-member",
            "cab-chair",
            "security-officer",
            "release-manager",
            "admin",
            "auditor");
    private static final List<String> MODERATE = List.of("change-manager", "ops-lead");
    private static final List<String> VERY_HIGH =
            List.of("change-manager", "ops-lead", "cab-member", "cab-chair", "security-officer");
    private static final int LONGEST = 14;

    private final ChangeProcess process;
    private final Changes changes;
    private final Approvals approvals;
    private final Tasks tasks;
    private final TaskService engine;
    private final JdbcTemplate jdbc;
    private final TableFixture tables;
    private final PolicyModel policies = new PolicyModel();

    /** Every policy table must just have been released. */
    DutiesSequence(
            ChangeProcess process,
            Changes changes,
            Approvals approvals,
            Tasks tasks,
            TaskService engine,
            JdbcTemplate jdbc,
            TableFixture tables) {
        this.process = process;
        this.changes = changes;
        this.approvals = approvals;
        this.tasks = tasks;
        this.engine = engine;
        this.jdbc = jdbc;
        this.tables = tables;
    }

    /**
     * What was seen in one sequence.
     *
     * @param steps as in {@code ann votes cab-member: refused}
     * @param differences what the product did otherwise than the model
     * @param contended how often two at once were kept apart by an error that asks to try again
     */
    record Seen(List<String> steps, List<String> differences, ChangeState end, int accepted, int contended) {}

    Seen play(long seed, Window window) {
        return new Play(seed, window).play();
    }

    /** An attempt in both worlds: what the model says, what the product does. */
    private record Attempt(String what, Predicate<DutiesModel> model, Actor actor, Runnable real) {}

    private enum Outcome {
        ACCEPTED,
        REFUSED,
        CONTENDED
    }

    private final class Play {

        private final Random random;
        private final Map<String, Set<String>> groups = new HashMap<>();
        private final List<String> steps = new ArrayList<>();
        private final List<String> differences = new ArrayList<>();

        /** Why the last two who acted at once were refused, to be told if nothing explains it. */
        private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

        private final String number;
        private final String requester = PEOPLE.get(0);
        private DutiesModel model;
        private int accepted;
        private int contended;

        Play(long seed, Window window) {
            random = new Random(seed);
            PEOPLE.forEach(person -> groups.put(person, randomGroups()));
            groups.get(requester).add("requester");
            groups.get(requester).remove("auditor");
            boolean risky = random.nextInt(4) == 0;
            startWithSomePolicies();
            model = new DutiesModel(requester, risky ? VERY_HIGH : MODERATE, policies);
            number = submitted(content(seed, risky, window));
        }

        /** Not too many people may have a hand in them, or nobody is left to approve. */
        private void startWithSomePolicies() {
            if (random.nextBoolean()) {
                TableFixture.OF_A_NORMAL_CHANGE.stream()
                        .filter(table -> !policies.isReleased(table))
                        .forEach(this::release);
            }
            if (random.nextInt(3) == 0) {
                changePolicy();
            }
        }

        private void changePolicy() {
            String table = TableFixture.OF_A_NORMAL_CHANGE.get(random.nextInt(TableFixture.OF_A_NORMAL_CHANGE.size()));
            String proposer = anybody();
            String decider = anybody();
            if (proposer.equals(decider)) {
                release(table);
            } else {
                tables.bringIn(table, TableFixture.shipped(table), proposer, decider);
                policies.bringIn(table, proposer, decider);
                steps.add(proposer + " proposes and " + decider + " lets in another " + table);
            }
        }

        private void release(String table) {
            tables.release(table);
            policies.release(table);
            steps.add("another " + table + " is released");
        }

        private Set<String> randomGroups() {
            Set<String> mine = new HashSet<>();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                mine.add(GROUPS.get(random.nextInt(GROUPS.size() - (random.nextInt(3) == 0 ? 0 : 2))));
            }
            return mine;
        }

        private ChangeContent content(long seed, boolean risky, Window window) {
            String service = "duties-" + Long.toUnsignedString(seed, 36);
            jdbc.update(
                    "insert into service (service_key, name, tier, owner_group, version) values (?, ?, ?, ?, 1)",
                    service,
                    service,
                    risky ? 1 : 2,
                    "nobodys-team");
            ChangeContent plain = ChangeFixture.content(service, "production", window);
            return new ChangeContent(
                    plain.title(),
                    plain.description(),
                    plain.services(),
                    plain.environment(),
                    plain.window(),
                    plain.plans(),
                    risky ? new Questionnaire(true, true, false) : plain.questionnaire(),
                    plain.links(),
                    plain.artifacts());
        }

        private String submitted(ChangeContent content) {
            Actor actor = actor(requester);
            return signedIn(actor).does(() -> {
                String raised = process.raise(person(actor), content).number();
                return process.submit(person(actor), raised).number();
            });
        }

        Seen play() {
            for (int i = 2 + random.nextInt(LONGEST); i > 0 && differences.isEmpty(); i--) {
                step();
            }
            return new Seen(steps, differences, model.state(), accepted, contended);
        }

        private void step() {
            switch (random.nextInt(13)) {
                case 0 -> changeGroups();
                case 1 -> claim();
                case 2 -> goRound();
                case 3 -> tryOne(writing());
                case 4 -> tryTwoAtOnce(handingIn(), handingIn());
                case 5 -> changePolicy();
                default -> tryOne(handingIn());
            }
            compareWithTheDatabase();
        }

        private void changeGroups() {
            String person = anybody();
            groups.put(person, randomGroups());
            steps.add(person + " is now in " + groups.get(person));
        }

        private void claim() {
            Actor actor = actor(anybody());
            String task = anyTask();
            if (random.nextInt(3) > 0) {
                tryOne(new Attempt(
                        "claims " + task,
                        world -> world.claim(task, actor),
                        actor,
                        () -> engine.claim(idOf(task), actor.id())));
            } else {
                tryOne(new Attempt(
                        "gives back " + task,
                        world -> world.giveBack(task, actor),
                        actor,
                        () -> engine.setAssignee(idOf(task), null)));
            }
        }

        /** The engine's own ways round a form. */
        private void goRound() {
            Actor actor = actor(anybody());
            String task = anyTask();
            String other = anybody();
            switch (random.nextInt(5)) {
                case 0 -> tryOne(never("completes " + task, actor, () -> engine.complete(idOf(task))));
                case 1 -> tryOne(never("resolves " + task, actor, () -> engine.resolveTask(idOf(task))));
                case 2 -> tryOne(never(
                        "delegates " + task + " to " + other, actor, () -> engine.delegateTask(idOf(task), other)));
                case 3 -> tryOne(
                        other.equals(actor.id())
                                ? new Attempt(
                                        "assigns " + task + " to themselves",
                                        world -> world.claim(task, actor),
                                        actor,
                                        () -> engine.setAssignee(idOf(task), other))
                                : new Attempt(
                                        "assigns " + task + " to " + other,
                                        world -> world.has(task, other),
                                        actor,
                                        () -> engine.setAssignee(idOf(task), other)));
                default -> tryOne(never(
                        "claims " + task + " for somebody else",
                        actor,
                        () -> engine.claim(idOf(task), "somebody-else")));
            }
        }

        private Attempt never(String what, Actor actor, Runnable real) {
            return new Attempt(what, world -> false, actor, real);
        }

        private Attempt writing() {
            Actor actor = actor(random.nextBoolean() ? requester : anybody());
            return switch (random.nextInt(3)) {
                case 0 -> new Attempt(
                        "holds it",
                        world -> world.hold(actor),
                        actor,
                        () -> process.hold(person(actor), number, "wait"));
                case 1 -> new Attempt(
                        "resumes it", world -> world.resume(actor), actor, () -> process.resume(person(actor), number));
                default -> new Attempt(
                        "takes it back",
                        world -> world.revise(actor),
                        actor,
                        () -> process.revise(person(actor), number, "another plan"));
            };
        }

        /** Somebody, rather one whom it concerns, hands in the form of a task. */
        private Attempt handingIn() {
            String task = anyTask();
            Actor actor = actor(somebodyFor(task));
            return switch (task) {
                case REVISE_CHANGE -> resubmission(actor);
                case IMPLEMENT_CHANGE -> new Attempt(
                        "implements it",
                        world -> world.implement(actor),
                        actor,
                        () -> tasks.submit(number, task, null, Map.of("result", "UNSUCCESSFUL")));
                case REVIEW_CHANGE -> new Attempt(
                        "reviews it",
                        world -> world.review(actor),
                        actor,
                        () -> tasks.submit(number, task, null, Map.of("closeCode", "UNSUCCESSFUL", "lessons", "some")));
                default -> vote(task, actor, random.nextInt(8) > 0);
            };
        }

        private Attempt resubmission(Actor actor) {
            boolean rewrites = random.nextBoolean();
            String plan = "plan " + random.nextInt();
            Map<String, Object> answers =
                    rewrites ? Map.of("action", "RESUBMIT", "implementationPlan", plan) : Map.of("action", "RESUBMIT");
            return new Attempt(
                    rewrites ? "rewrites and submits it again" : "submits it again",
                    world -> world.resubmit(actor, rewrites),
                    actor,
                    () -> tasks.submit(number, REVISE_CHANGE, null, answers));
        }

        private Attempt vote(String seat, Actor actor, boolean approves) {
            String stem = seat.equals("technical-approver") ? REVIEW_TECHNICALLY : APPROVE_CHANGE;
            Map<String, Object> answers = Map.of("decision", approves ? "APPROVE" : "REJECT", "reason", "because");
            return new Attempt(
                    (approves ? "approves as " : "rejects as ") + seat,
                    world -> world.vote(seat, actor, approves),
                    actor,
                    () -> tasks.submit(number, stem, seat, answers));
        }

        /** Every other time one whom it is allowed, or few sequences would get far. */
        private String somebodyFor(String task) {
            List<String> fitting = PEOPLE.stream()
                    .filter(person -> random.nextBoolean()
                            ? model.mayComplete(task, actor(person))
                            : groups.get(person).contains(task))
                    .toList();
            return fitting.isEmpty() || random.nextInt(4) == 0
                    ? anybody()
                    : fitting.get(random.nextInt(fitting.size()));
        }

        private String anybody() {
            return PEOPLE.get(random.nextInt(PEOPLE.size()));
        }

        /** A waiting one, now and then one that is not, or no longer. */
        private String anyTask() {
            List<String> waiting = model.tasks();
            return waiting.isEmpty() || random.nextInt(10) == 0
                    ? VERY_HIGH.get(random.nextInt(VERY_HIGH.size()))
                    : waiting.get(random.nextInt(waiting.size()));
        }

        private void tryOne(Attempt attempt) {
            boolean allowed = attempt.model().test(model);
            Outcome outcome = attempt(attempt);
            note(attempt, outcome);
            if (allowed != (outcome == Outcome.ACCEPTED)) {
                differences.add("%s should be %s".formatted(steps.get(steps.size() - 1), allowed));
            }
        }

        /** Two people, or one in two browsers, in the same moment: as if one had been first. */
        private void tryTwoAtOnce(Attempt one, Attempt other) {
            refusals.clear();
            CompletableFuture<Outcome> first = CompletableFuture.supplyAsync(() -> attempt(one));
            Outcome second = attempt(other);
            List<Outcome> outcomes = List.of(first.join(), second);
            note(one, outcomes.get(0));
            note(other, second);
            List<DutiesModel> worlds = new ArrayList<>();
            inOrder(one, outcomes.get(0), other, second, worlds);
            inOrder(other, second, one, outcomes.get(0), worlds);
            worlds.stream()
                    .filter(this::isAsInTheDatabase)
                    .findFirst()
                    .ifPresentOrElse(
                            world -> model = world,
                            () -> differences.add("no order of the last two explains what happened; " + refusals));
        }

        private void inOrder(
                Attempt early, Outcome earlyOutcome, Attempt late, Outcome lateOutcome, List<DutiesModel> worlds) {
            DutiesModel world = model.copy();
            if (explains(world, early, earlyOutcome) && explains(world, late, lateOutcome)) {
                worlds.add(world);
            }
        }

        /** Whoever was in the way of somebody else has done nothing, whatever the model would have let them do. */
        private boolean explains(DutiesModel world, Attempt attempt, Outcome outcome) {
            return outcome == Outcome.CONTENDED || attempt.model().test(world) == (outcome == Outcome.ACCEPTED);
        }

        private void note(Attempt attempt, Outcome outcome) {
            accepted += outcome == Outcome.ACCEPTED ? 1 : 0;
            contended += outcome == Outcome.CONTENDED ? 1 : 0;
            steps.add("%s %s %s: %s"
                    .formatted(attempt.actor().id(), attempt.actor().groups(), attempt.what(), outcome));
        }

        private Outcome attempt(Attempt attempt) {
            try {
                signedIn(attempt.actor()).runs(attempt.real());
                return Outcome.ACCEPTED;
            } catch (org.camunda.bpm.engine.OptimisticLockingException | DataAccessException e) {
                return Outcome.CONTENDED;
            } catch (ProcessEnginePersistenceException e) {
                if (lostARace(e)) {
                    return Outcome.CONTENDED;
                }
                throw e;
            } catch (ProblemException | ProcessEngineException | NotWaiting e) {
                refusals.add(attempt.actor().id() + " was told: " + e);
                return Outcome.REFUSED;
            }
        }

        /** Whether the database took one of two back: class 40 of the SQL standard, or 23 in the engine's tables. */
        private static boolean lostARace(Throwable failure) {
            return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                    .anyMatch(cause -> cause instanceof SQLException sql
                            && Objects.requireNonNullElse(sql.getSQLState(), "").matches("(23|40).*"));
        }

        private void compareWithTheDatabase() {
            Change change = changes.glance(number);
            differences.addAll(DutiesModel.breaches(requester, model.rulers(), change.state(), approvals.of(change)));
            if (!isAsInTheDatabase(model)) {
                differences.add("the database says " + change.state() + " " + approvals.of(change) + ", the model "
                        + model.state() + " " + model.seats());
            }
        }

        private boolean isAsInTheDatabase(DutiesModel world) {
            Change change = changes.glance(number);
            Map<String, @Nullable String> seats = new TreeMap<>();
            approvals.of(change).forEach(seat -> seats.put(seat.seat(), seat.person()));
            return change.state() == world.state()
                    && change.approvalRound() == world.round()
                    && seats.equals(world.seats());
        }

        private String idOf(String task) {
            var query = engine.createTaskQuery().processInstanceBusinessKey(number);
            boolean isStem = task.endsWith("Change");
            List<Task> found = (isStem
                            ? query.taskDefinitionKey("Activity_" + task)
                            : query.taskCandidateGroup(task).includeAssignedTasks())
                    .list().stream().filter(each -> isStem || isSeat(each)).toList();
            return found.stream().map(Task::getId).findFirst().orElseThrow(NotWaiting::new);
        }

        private boolean isSeat(Task task) {
            return List.of("Activity_" + REVIEW_TECHNICALLY, "Activity_" + APPROVE_CHANGE)
                    .contains(task.getTaskDefinitionKey());
        }

        private Actor actor(String person) {
            return new Actor(person, Set.copyOf(groups.get(person)));
        }
    }

    private static SignedIn signedIn(Actor actor) {
        return new SignedIn(actor.id(), actor.groups().toArray(String[]::new));
    }

    private static Person person(Actor actor) {
        return new Person(actor.id(), actor.groups());
    }

    /** The task that somebody wanted to act on is not there. */
    private static final class NotWaiting extends RuntimeException {}
}
