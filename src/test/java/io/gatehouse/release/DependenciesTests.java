package io.gatehouse.release;

import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.verify.Reconciliation;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.Window;
import io.gatehouse.engine.Tasks;
import io.gatehouse.release.train.Schedule;
import io.gatehouse.release.train.TrainContent;
import io.gatehouse.release.train.Trains;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which release waits for which, and what becomes of that when one is put off, split or given up. */
@ProcessTest
@OnH2
class DependenciesTests {

    private static final String PRODUCTION = StageGate.PRODUCTION;

    @Autowired
    private Dependencies dependencies;

    @Autowired
    private Replanning replanning;

    @Autowired
    private DependencyGate gate;

    @Autowired
    DependencyRows rows;

    @Autowired
    private GoNoGoDecisions decisions;

    @Autowired
    private Releases releases;

    @Autowired
    private Trains trains;

    @Autowired
    private Stages stages;

    @Autowired
    private BeanFactory beans;

    @Autowired
    private Tasks engineTasks;

    @Autowired
    private TaskService tasks;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    private DataSource database;

    @Autowired
    private IdentityService identities;

    @Autowired
    private TestClock clock;

    @BeforeEach
    void organisation() {
        ChangeFixture.catalog(jdbc);
        BoardFixture.person(identities, "rolf", "release-manager", "requester");
        clock.enterUntouchedTime();
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void areSeenFromBothSidesAndKeepAReleaseOutOfProduction() throws SQLException {
        String orders = planned();
        String payments = planned();

        ReleaseDependency added = add(orders, payments);

        assertThat(dependencies.of(orders).needs()).containsExactly(added);
        assertThat(dependencies.of(orders).neededBy()).isEmpty();
        assertThat(dependencies.of(payments).needs()).isEmpty();
        assertThat(dependencies.of(payments).neededBy()).containsExactly(added);
        String waits = "needs " + payments + " in production before it enters production, and " + payments
                + " is PLANNED; ask rolf";
        assertThat(added.waits()).contains(waits);
        assertThat(gate.whyNot(releases.find(orders), PRODUCTION)).contains(orders + " " + waits + ".");
        assertThat(gate.whyNot(releases.find(payments), PRODUCTION)).isEmpty();
        assertThat(readiness(orders)).containsExactly(new ReadinessItem("dependencies", false, waits));
        assertThat(readiness(payments)).isEmpty();
        assertThat(differences(named(added))).isEmpty();
    }

    @Test
    void areMetWhenTheOtherIsInProduction() {
        String orders = planned();
        String payments = planned();
        add(orders, payments);
        close(payments);

        assertThat(gate.whyNot(releases.find(orders), PRODUCTION)).isEmpty();
        assertThat(dependencies.of(orders).needs()).allMatch(ReleaseDependency::met);
        assertThat(readiness(orders))
                .containsExactly(new ReadinessItem("dependencies", true, "the releases that it needs are through"));
        assertThat(dependencies.of(payments).forecast()).isEmpty();
        assertThat(rows.graph().needsOf(new StagePoint(orders, PRODUCTION))).isEmpty();
    }

    @Test
    void areTakenBack() throws SQLException {
        String orders = planned();
        String payments = planned();
        long id = add(orders, payments).id();

        ReleaseDependency removed = ROLF.does(() -> dependencies.remove(orders, id, "It works without"));

        assertThat(removed.removedBy()).isEqualTo("rolf");
        assertThat(removed.removedBecause()).isEqualTo("It works without");
        assertThat(removed.waits()).isEmpty();
        assertThat(dependencies.of(orders).needs()).containsExactly(removed);
        assertThat(dependencies.of(payments).neededBy()).isEmpty();
        assertThat(gate.whyNot(releases.find(orders), PRODUCTION)).isEmpty();
        assertThat(differences(named(removed))).isEmpty();
        assertThatThrownBy(() -> ROLF.runs(() -> dependencies.remove(orders, id, "Again")))
                .hasMessageContaining("was taken back already");
        assertThatThrownBy(() -> ROLF.runs(() -> dependencies.remove(payments, id, "Not mine")))
                .hasMessageContaining("has no dependency " + id);
        assertThat(add(orders, payments).isInForce()).as("once more").isTrue();
    }

    @Test
    void keepAReleaseOutOfAStageUntilTheOtherIsThroughIts() {
        String payments = withStages("test", "staging");
        String orders = withStages("test", "staging");
        add(orders, "staging", payments, "test");
        confirm(payments);
        confirm(orders);
        StageDriver driver = new StageDriver(beans);
        driver.deploy(orders);
        driver.signOff(StageDriver.QUINN, orders, "PASS");
        driver.enter(orders);
        assertThat(waitsFor(orders))
                .isEqualTo(orders + " needs " + payments + " to be through test before it enters staging, and "
                        + payments + " is TESTING; ask rolf.");

        driver.deploy(payments);
        driver.signOff(StageDriver.QUINN, payments, "PASS");
        driver.enter(orders);

        assertThat(waitsFor(orders)).isNull();
        assertThat(stages.currentOf(orders).enteredAt()).isNotNull();
        assertThat(dependencies.of(orders).needs()).allMatch(ReleaseDependency::met);
        assertThat(add(orders, PRODUCTION, payments, "test").met())
                .as("already")
                .isTrue();
        assertThat(dependencies.of(payments).forecast())
                .extracting(StageForecast::stage, StageForecast::through)
                .containsExactly(tuple("test", true), tuple("staging", false), tuple(PRODUCTION, false));
        assertThatThrownBy(() -> add(orders, "staging", payments, PRODUCTION))
                .hasMessageContaining("nothing left that could wait");
        assertThat(add(orders, PRODUCTION, payments, PRODUCTION).isInForce()).isTrue();
    }

    @Test
    void letAReleaseEnterAStageWhenTheOtherIsInProductionOrIsNoLongerNeeded() {
        String payments = planned();
        String receipts = planned();
        String orders = withStages("staging");
        add(orders, "staging", payments, PRODUCTION);
        ReleaseDependency second = add(orders, "staging", receipts, PRODUCTION);
        confirm(orders);
        StageDriver driver = new StageDriver(beans);
        driver.enter(orders);
        assertThat(waitsFor(orders)).contains("needs " + payments, "needs " + receipts);

        close(payments);
        driver.enter(orders);
        assertThat(waitsFor(orders)).doesNotContain(payments).contains("needs " + receipts);
        ROLF.runs(() -> releases.retirePlanned(receipts, "Nobody reads them"));
        driver.enter(orders);
        assertThat(waitsFor(orders)).contains(receipts + " was retired; ask rolf what takes its place");
        ROLF.runs(() -> dependencies.remove(orders, second.id(), "It works without"));
        driver.enter(orders);

        assertThat(waitsFor(orders)).isNull();
        assertThat(stages.currentOf(orders).enteredAt()).isNotNull();
    }

    /** Neither names a stage that the other names. */
    @Test
    void areRefusedIfStagesWouldWaitForOneAnotherThroughThoseBeforeThem() {
        String orders = withStages("staging");
        String payments = withStages("staging");
        add(orders, "staging", payments, PRODUCTION);

        assertThatThrownBy(() -> add(payments, "staging", orders, PRODUCTION))
                .hasMessageStartingWith(
                        payments + " staging would need " + orders + " production, which needs " + orders
                                + " staging before it, which needs " + payments + " production, which needs " + payments
                                + " staging before it. None");
        assertThat(add(orders, PRODUCTION, payments, "staging").needs()).isEqualTo(payments);
    }

    /** It was to come before production, so that is what waits then. */
    @Test
    void holdForProductionIfTheirStageIsTakenOutOfThePlan() {
        String payments = planned();
        String orders = withStages("test", "staging");
        add(orders, "staging", payments, PRODUCTION);
        ReleaseContent content = releases.find(orders).content();
        ROLF.runs(() -> releases.rewrite(
                orders,
                ReleaseFixture.with(content, content.items(), content.stages().subList(0, 1)),
                Precondition.parse("*", null)));

        assertThat(gate.whyNot(releases.find(orders), "test")).isEmpty();
        assertThat(gate.whyNot(releases.find(orders), PRODUCTION)).isPresent();
    }

    /** Else it would wait for production, and nobody had said so. */
    @Test
    void keepAStageInThePlanThatOthersNeed() {
        String payments = withStages("test", "staging");
        String orders = planned();
        String refunds = withStages("staging");
        add(orders, PRODUCTION, payments, "staging");
        long taken = add(refunds, "staging", payments, "staging").id();
        ReleaseContent content = releases.find(payments).content();

        assertThatThrownBy(() -> keep(payments, content.stages().subList(0, 1)))
                .hasMessageContaining(orders + " needs staging before it enters production; " + refunds
                        + " needs staging before it enters staging");
        keep(payments, content.stages().subList(1, 2));
        ROLF.runs(() -> dependencies.remove(refunds, taken, "It goes without"));
        assertThatThrownBy(() -> keep(payments, List.of())).hasMessageContaining(orders + " needs staging");
        ROLF.runs(() -> releases.retirePlanned(orders, "Nobody wants it"));

        keep(payments, List.of());

        assertThat(releases.find(payments).content().stages()).isEmpty();
    }

    private void keep(String number, List<ReleaseStage> stages) {
        ReleaseContent content = releases.find(number).content();
        ROLF.runs(() -> releases.rewrite(
                number, ReleaseFixture.with(content, content.items(), stages), Precondition.parse("*", null)));
    }

    @Test
    void areRefusedIfTheyCouldNotBeMetOrMeanNothing() {
        String orders = planned();
        String payments = planned();
        String gone = planned();
        add(orders, payments);
        ROLF.runs(() -> releases.retirePlanned(gone, "Nobody wants it"));

        assertThatThrownBy(() -> add(orders, orders)).hasMessage(orders + " would need itself.");
        assertThat(refusedOf(orders, PRODUCTION, "REL-2026-999999", PRODUCTION)).containsExactly("needs");
        assertThat(refusedOf(orders, "no-such-stage", payments, PRODUCTION)).containsExactly("stage");
        assertThat(refusedOf(orders, PRODUCTION, payments, "no-such-stage")).containsExactly("needsStage");
        assertThatThrownBy(() -> add(orders, payments))
                .hasMessageContaining("needs " + payments + " production already");
        assertThatThrownBy(() -> add(orders, gone)).hasMessageContaining(gone + " was retired");
        assertThatThrownBy(() -> add(gone, orders)).hasMessageContaining("nothing left that could wait");
        assertThatThrownBy(() -> RITA.runs(() -> dependencies.add(payments, PRODUCTION, orders, PRODUCTION, null)))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> add("REL-2026-999999", orders)).hasMessageContaining("There is no release");
    }

    @Test
    void areRefusedIfTheyCloseACircleWhichIsNamed() {
        String a = planned();
        String b = planned();
        String c = planned();
        add(a, b);
        add(b, c);

        assertThatThrownBy(() -> add(c, a))
                .hasMessage("%3$s production would need %1$s production, which needs %2$s production, which needs %3$s"
                                .formatted(a, b, c)
                        + " production. None of these stages could ever be entered: take another dependency back"
                        + " first, or choose other stages.");

        ROLF.runs(() -> releases.retirePlanned(b, "Nobody waits for that any more"));
        assertThat(add(c, a).isInForce())
                .as("what is retired waits for nothing")
                .isTrue();
    }

    /** Neither sees what the other is writing, unless one waits. */
    @Test
    void closeNoCircleBetweenTwoWhoAddAtOnce() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        for (int round = 0; round < 10; round++) {
            String a = planned();
            String b = planned();
            CyclicBarrier instant = new CyclicBarrier(2);
            List<Future<Boolean>> both =
                    List.of(two.submit(() -> isAdded(a, b, instant)), two.submit(() -> isAdded(b, a, instant)));
            List<Boolean> added = new ArrayList<>();
            for (Future<Boolean> one : both) {
                added.add(one.get(1, TimeUnit.MINUTES));
            }

            assertThat(added).as("round %d", round).containsExactlyInAnyOrder(true, false);
            assertThat(dependencies.of(a).needs().size()
                            + dependencies.of(b).needs().size())
                    .isEqualTo(1);
        }
        two.shutdown();
        assertThat(two.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    private boolean isAdded(String one, String other, CyclicBarrier instant) throws Exception {
        instant.await();
        try {
            return add(one, other).isInForce();
        } catch (ProblemException refused) {
            assertThat(refused).hasMessageContaining("None of these stages could ever be entered");
            return false;
        }
    }

    @Test
    void tellThatWhatIsNeededWasRetired() {
        String orders = planned();
        String payments = planned();
        long id = add(orders, payments).id();

        ROLF.runs(() -> releases.retirePlanned(payments, "Too expensive"));

        assertThat(gate.whyNot(releases.find(orders), PRODUCTION))
                .contains(orders + " needs " + payments
                        + " in production before it enters production, which cannot be met: "
                        + payments + " was retired; ask rolf what takes its place, and have a release manager take the"
                        + " dependency back.");
        assertThat(dependencies.of(orders).forecast()).singleElement().satisfies(forecast -> {
            assertThat(forecast.endsAt()).isNull();
            assertThat(forecast.sentence()).startsWith("never: ").endsWith(payments + " was retired");
        });
        assertThat(actions(orders)).contains("release.NeededReleaseRetired");
        ROLF.runs(() -> dependencies.remove(orders, id, "Cards are enough"));
        assertThat(dependencies.of(orders).forecast()).noneMatch(StageForecast::isLate);
    }

    @Test
    void showASlipAtOnceOnEverythingThatNeedsIt() throws SQLException {
        LocalDate releasesOn =
                clock.instant().atZone(ZoneOffset.UTC).toLocalDate().plusDays(20);
        String train = "slips-" + UUID.randomUUID().toString().substring(0, 8);
        ROLF.runs(() -> trains.put(
                train,
                new TrainContent("A train", null, new Schedule(releasesOn.minusDays(30), releasesOn, List.of())),
                Precondition.parse(null, "*")));
        String payments = planned();
        ReleaseContent later =
                onTrain(train, ReleaseFixture.content(clock.instant()).postponed(days(2), day(2), stage -> true));
        String orders = ROLF.does(() -> releases.plan(later)).number();
        add(orders, payments);
        assertThat(dependencies.slipsOf(train)).isEmpty();

        Release put = ROLF.does(() -> replanning.postpone(payments, days(5), day(5), "The card company is late"));

        assertThat(put.content().window()).isEqualTo(days(5));
        assertThat(put.content().items()).isEqualTo(later.items());
        assertThat(put.authors()).contains("rolf");
        assertThat(dependencies.slipsOf(train)).singleElement().satisfies(slip -> {
            assertThat(slip.release()).isEqualTo(orders);
            assertThat(slip.daysLate()).isEqualTo(4);
            assertThat(slip.chain()).extracting(StageForecast::release).containsExactly(payments);
        });
        assertThat(replanning.historyOf(payments).postponements())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.oldWindow())
                            .isEqualTo(ReleaseFixture.content(clock.instant()).window());
                    assertThat(one.newWindow()).isEqualTo(days(5));
                    assertThat(one.oldReadyOn()).isEqualTo(day(1));
                    assertThat(one.newReadyOn()).isEqualTo(day(5));
                    assertThat(one.reason()).isEqualTo("The card company is late");
                    assertThat(one.postponedBy()).isEqualTo("rolf");
                });
        assertThat(differences(payments)).isEmpty();
        assertThatThrownBy(() -> dependencies.slipsOf("no-such-train")).hasMessageContaining("No train has this key");
    }

    @Test
    void arePutOffOnlyUntilLaterAndWhileNobodyDecides() {
        String number = planned();
        ROLF.runs(() -> releases.start(number));

        assertThatThrownBy(() -> postpone(number, 1)).hasMessageContaining("is put off until something later");
        assertThatThrownBy(() -> ROLF.runs(() -> replanning.postpone(number, days(3), day(9), "Late")))
                .satisfies(refused -> assertThat(fieldsOf(refused)).containsExactly("readyOn"));
        assertThatThrownBy(() -> RITA.runs(() -> replanning.postpone(number, days(3), day(3), "Late")))
                .isInstanceOf(ProblemException.class);
        postpone(number, 3);
        assertThat(tasks.createTaskQuery()
                        .processInstanceBusinessKey(number)
                        .singleResult()
                        .getDueDate())
                .as("when its package is due")
                .isEqualTo(Date.from(day(4).atStartOfDay(ZoneOffset.UTC).toInstant()));
        confirm(number);
        assertThatThrownBy(() -> postpone(number, 5)).hasMessageContaining("Have them vote no");
    }

    /** What it is through was when it was. */
    @Test
    void arePutOffWithTheStagesThatAreStillAhead() {
        String number = withStages("test", "staging");
        confirm(number);
        StageDriver driver = new StageDriver(beans);
        driver.deploy(number);
        driver.signOff(StageDriver.QUINN, number, "PASS");
        List<ReleaseStage> before = releases.find(number).content().stages();

        postpone(number, 3);

        Release put = releases.find(number);
        assertThat(put.state()).isEqualTo(ReleaseState.TESTING);
        assertThat(put.content().stages().get(0)).isEqualTo(before.get(0));
        assertThat(put.content().stages().get(1)).isEqualTo(before.get(1).postponed(Duration.ofDays(2)));
        driver.deploy(number);
        driver.signOff(StageDriver.QUINN, number, "PASS");
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DECIDING);
    }

    @Test
    void areThoseOfBothPartsOfASplitRelease() throws SQLException {
        String base = planned();
        String payments = ROLF.does(() -> releases.plan(two())).number();
        String orders = planned();
        add(payments, base);
        add(orders, payments);

        Release part = ROLF.does(() -> replanning.split(payments, "Payments, storage", Set.of("keystone")));
        Release rest = releases.find(payments);

        assertThat(part.state()).isEqualTo(ReleaseState.PLANNED);
        assertThat(part.content().name()).isEqualTo("Payments, storage");
        assertThat(part.content().services()).containsExactly("keystone");
        assertThat(rest.content().services()).containsExactly("nova");
        assertThat(part.content().window()).isEqualTo(rest.content().window());
        assertThat(part.content().manager()).isEqualTo(rest.content().manager());
        assertThat(part.content().seats()).isEqualTo(rest.content().seats());
        assertThat(part.content().plans()).isEqualTo(rest.content().plans());
        assertThat(part.authors()).isEqualTo(rest.authors());
        assertThat(dependencies.of(part.number()).needs())
                .extracting(ReleaseDependency::needs)
                .containsExactly(base);
        assertThat(dependencies.of(orders).needs())
                .extracting(ReleaseDependency::needs)
                .containsExactly(payments, part.number());
        for (String side : List.of(payments, part.number())) {
            assertThat(replanning.historyOf(side).splits()).singleElement().satisfies(split -> {
                assertThat(split.from()).isEqualTo(payments);
                assertThat(split.into()).isEqualTo(part.number());
            });
            assertThat(differences(side)).isEmpty();
        }
    }

    @Test
    void areNotSplitSoThatNothingIsLeft() {
        String number = ROLF.does(() -> releases.plan(two())).number();

        assertThatThrownBy(() -> split(number, "nova", "keystone")).hasMessageContaining("leave at least one");
        assertThatThrownBy(() -> split(number, "oslo-config"))
                .satisfies(refused -> assertThat(fieldsOf(refused)).containsExactly("services"));
        confirm(number);
        assertThatThrownBy(() -> split(number, "nova")).hasMessageContaining("is DECIDING and cannot be split");
    }

    /** What is over is not read, however much of it there is. */
    @Test
    void areForetoldForFiveHundredReleasesWithoutTheirHistory() {
        int others = rows.graph().points().size();
        many("9001", "PLANNED", 500);
        many("9002", "CLOSED", 3000);
        long began = System.nanoTime();

        StageGraph graph = rows.graph();
        Map<StagePoint, StageForecast> forecasts = StageForecasts.of(graph, clock.instant());
        List<StagePoint> circle = graph.circleWith(new StageNeed(
                new StagePoint("REL-9001-100001", PRODUCTION), new StagePoint("REL-9001-100500", PRODUCTION)));
        long took = Duration.ofNanos(System.nanoTime() - began).toMillis();

        System.out.printf("500 releases under way and 3,000 in production: %d ms%n", took);
        assertThat(forecasts).hasSize(500 + others);
        assertThat(circle).hasSize(501);
        assertThat(graph.visited()).as("each need once a question").isLessThan(2 * 500 + 10 * others);
        assertThat(took).as("milliseconds").isLessThan(1000);
    }

    @AfterEach
    void forgetMany() {
        jdbc.update("delete from release_dependency where release_number like '900%'");
        jdbc.update("delete from software_release where number like '900%'");
    }

    /** Each needs the one before it, of this kind. */
    void many(String year, String state, int count) {
        List<Object[]> all = new ArrayList<>();
        List<Object[]> needs = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            all.add(new Object[] {year + "-" + (100_000 + i), state, i});
            if (i > 1) {
                needs.add(new Object[] {year + "-" + (100_000 + i), year + "-" + (100_000 + i - 1)});
            }
        }
        jdbc.batchUpdate(
                """
                insert into software_release (number, version, state, name, manager, ready_on, environment_key,
                  window_starts_at, window_ends_at, data_migration, downtime, backout_tested, planned_by, planned_at)
                values (?, 1, ?, ?, 'rolf', date '2026-01-01', 'production', timestamp '2998-01-01 00:00:00',
                  timestamp '2998-01-02 00:00:00', false, false, false, 'rolf', timestamp '2026-01-01 00:00:00')""",
                all);
        jdbc.batchUpdate(
                """
                insert into release_dependency (release_number, stage, needed_number, needed_stage, in_force, added_by,
                  added_at)
                values (?, 'production', ?, 'production', true, 'rolf', timestamp '2026-01-01 00:00:00')""",
                needs);
    }

    private void postpone(String number, int days) {
        ROLF.runs(() -> replanning.postpone(number, days(days), day(days), "Late"));
    }

    private void split(String number, String... services) {
        ROLF.runs(() -> replanning.split(number, "A part", Set.of(services)));
    }

    private Window days(int days) {
        return ChangeFixture.windowIn(clock.instant(), Duration.ofDays(days));
    }

    private LocalDate day(int days) {
        return days(days).startsAt().atZone(ZoneOffset.UTC).toLocalDate();
    }

    private ReleaseContent two() {
        return ReleaseFixture.content(
                clock.instant(),
                List.of(new Artifact("nova", "31.0.0", null), new Artifact("keystone", "25.0.0", null)));
    }

    private static ReleaseContent onTrain(String train, ReleaseContent content) {
        return new ReleaseContent(
                content.name(),
                content.description(),
                content.manager(),
                train,
                content.readyOn(),
                content.environment(),
                content.window(),
                content.plans(),
                content.questionnaire(),
                content.items(),
                content.seats(),
                content.stages(),
                content.template());
    }

    private String planned() {
        return ROLF.does(
                () -> releases.plan(ReleaseFixture.content(clock.instant())).number());
    }

    private ReleaseDependency add(String number, String needs) {
        return ROLF.does(() -> dependencies.add(number, PRODUCTION, needs, PRODUCTION, "It needs the new tables"));
    }

    private List<String> refusedOf(String number, String stage, String needs, String needsStage) {
        List<String> fields = new ArrayList<>();
        assertThatThrownBy(() -> ROLF.runs(() -> dependencies.add(number, stage, needs, needsStage, null)))
                .satisfies(refused -> fields.addAll(fieldsOf(refused)));
        return fields;
    }

    private static List<String> fieldsOf(Throwable refused) {
        assertThat(refused).isInstanceOf(ProblemException.class);
        return ((ProblemException) refused)
                .problem().fields().stream().map(field -> field.field()).toList();
    }

    /** As its process does when its change has ended. */
    private void close(String number) {
        jdbc.update(
                "update software_release set state = 'DEPLOYING' where number = ?", number.substring("REL-".length()));
        releases.close(number);
    }

    private String withStages(String... names) {
        List<ReleaseStage> stages = Stream.of(names)
                .map(name -> ReleaseFixture.stage(clock.instant(), name, environment()))
                .toList();
        ReleaseContent content = ReleaseFixture.content(clock.instant());
        return ROLF.does(() -> releases.plan(ReleaseFixture.with(content, content.items(), stages))
                .number());
    }

    /** One of its own, which nobody else has to itself. */
    private String environment() {
        String key = "needs-" + jdbc.queryForObject("select count(*) from environment", Long.class);
        jdbc.update(
                "insert into environment (environment_key, name, kind, stage_order, production, version)"
                        + " values (?, ?, 'TEST', 1, false, 1)",
                key,
                key);
        return key;
    }

    private void confirm(String number) {
        ROLF.runs(() -> {
            if (releases.find(number).state() == ReleaseState.PLANNED) {
                releases.start(number);
            }
            engineTasks.submit(number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM"));
        });
    }

    private @Nullable String waitsFor(String number) {
        return stages.currentOf(number).waitsFor();
    }

    private ReleaseDependency add(String number, String stage, String needs, String needsStage) {
        return ROLF.does(() -> dependencies.add(number, stage, needs, needsStage, null));
    }

    private List<ReadinessItem> readiness(String number) {
        return decisions.readinessOf(number).items().stream()
                .filter(item -> item.criterion().equals("dependencies"))
                .toList();
    }

    private List<String> actions(String number) {
        return jdbc.queryForList("select action from audit_entry where object = ? order by n", String.class, number);
    }

    private static String named(ReleaseDependency dependency) {
        return io.gatehouse.audit.AuditTrail.numbered("dependency", dependency.id());
    }

    private List<String> differences(String object) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return new Reconciliation(connection)
                    .records(List.of(object)).stream()
                            .map(found -> found.kind().name())
                            .toList();
        }
    }
}
