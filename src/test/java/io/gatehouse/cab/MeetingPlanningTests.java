package io.gatehouse.cab;

import static io.gatehouse.testing.SignedIn.CHRIS;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.catalog.Environment;
import io.gatehouse.catalog.EnvironmentKind;
import io.gatehouse.catalog.Environments;
import io.gatehouse.catalog.Service;
import io.gatehouse.catalog.ServiceDescription;
import io.gatehouse.catalog.Services;
import io.gatehouse.testing.OnH2;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@OnH2
class MeetingPlanningTests extends MeetingTest {

    private static final long NO_ENTRY = -1;
    private static final Precondition ANY = Precondition.parse("*", null);

    @Autowired
    private MeetingSweep sweep;

    @Autowired
    private AuditTrail audit;

    @Autowired
    private Environments environments;

    @Autowired
    private Services services;

    @Autowired
    private MeetingRows rows;

    @Autowired
    private IdentityService identities;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private PlatformTransactionManager transactions;

    @Test
    void nodesThatPlanTheSameMeetingPlanOne() throws Exception {
        clock.set(driver.meetings.find(driver.planned()).startsAt());
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            Callable<Optional<String>> plan = () -> driver.meetings.next(driver.key);
            List<Future<Optional<String>>> planned =
                    nodes.invokeAll(IntStream.range(0, 8).mapToObj(i -> plan).toList());
            for (Future<Optional<String>> each : planned) {
                assertThat(each.get()).isEqualTo(planned.get(0).get()).isPresent();
            }
        } finally {
            nodes.shutdown();
        }
        assertThat(driver.meetings.list(driver.key, new PageQuery(null, 10)).items())
                .hasSize(2);
    }

    /** What is done in the Tasklist is done as somebody who may begin no process by themselves. */
    @Test
    void theNextOneIsPlannedWhoeverIsAtTheTasklist() {
        String first = driver.planned();
        clock.set(driver.meetings.find(first).startsAt());
        identities.setAuthentication("chris", List.of("cab-chair"));
        try {
            assertThatThrownBy(() -> runtime.startProcessInstanceByKey(MeetingModel.PROCESS))
                    .isInstanceOf(AuthorizationException.class);

            assertThat(driver.meetings.next(driver.key)).isPresent().isNotEqualTo(Optional.of(first));
        } finally {
            identities.clearAuthentication();
        }
    }

    @Test
    void theDatabaseKeepsASecondMeetingOutWhateverTheCodeDoes() {
        Meeting meeting = driver.meetings.find(driver.planned());

        assertThatThrownBy(() -> rows.insert(driver.key, meeting.startsAt(), meeting.endsAt()))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void thereAlwaysIsANextMeeting() {
        String first = driver.planned();
        clock.set(driver.meetings.find(first).startsAt());

        sweep.sweep();

        List<Meeting> meetings =
                driver.meetings.list(driver.key, new PageQuery(null, 10)).items();
        assertThat(meetings).hasSize(2);
        assertThat(Duration.between(meetings.get(1).startsAt(), meetings.get(0).startsAt()))
                .isBetween(Duration.ofHours(167), Duration.ofHours(169));
        assertThat(rows.outdated(clock.instant(), NO_ENTRY))
                .contains(first)
                .doesNotContain(meetings.get(0).number());
        clock.set(meetings.get(1).endsAt());
        assertThat(rows.outdated(clock.instant(), NO_ENTRY))
                .as("one that nobody opened keeps no agenda from the next")
                .contains(first, meetings.get(0).number());
    }

    @Test
    void theNextMeetingGetsItsAgendaAsTheOneBeforePassesThoughNothingElseHappens() {
        String first = driver.planned();
        Instant start = driver.meetings.find(first).startsAt();
        String next = driver.meetings.nextAfter(driver.key, start).orElseThrow();
        String change = driver.change(30);
        untilNothingIsOutdated();
        assertThat(driver.changesOn(first)).containsExactly(change);
        assertThat(driver.changesOn(next)).isEmpty();

        clock.set(driver.meetings.find(first).endsAt());
        assertThat(isOutdated(next)).isTrue();
        sweep.sweep();

        assertThat(driver.changesOn(next)).containsExactly(change);
    }

    @Test
    void anAgendaIsBuiltAnewWheneverSomethingItIsBuiltFromHasChanged() {
        String number = driver.planned();
        String change = driver.change(10);
        untilNothingIsOutdated();
        assertThat(driver.changesOn(number)).containsExactly(change);

        List<Runnable> changes = List.of(
                () -> driver.change(11),
                () -> MONA.runs(() -> driver.boards.put(driver.key, driver.description(), ANY)),
                () -> ROLF.runs(() -> environments.put(staging(true), ANY)),
                () -> ROLF.runs(() -> environments.put(staging(false), ANY)),
                () -> ROLF.runs(() -> services.put("nova", tier(3), ANY)),
                () -> ROLF.runs(() -> services.put("nova", tier(2), ANY)));
        for (Runnable each : changes) {
            assertThat(isOutdated(number)).isFalse();
            each.run();
            assertThat(isOutdated(number)).isTrue();
            untilNothingIsOutdated();
        }
    }

    /** The agenda is then built from before, whoever has the turn: the entry has a number that comes later. */
    @Test
    void whatIsCommittedWhileAnAgendaIsBuiltIsNotMissed() throws Exception {
        String number = driver.planned();
        untilNothingIsOutdated();
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch built = new CountDownLatch(1);
        ExecutorService otherNode = Executors.newSingleThreadExecutor();
        try {
            Future<String> change = otherNode.submit(() -> new TransactionTemplate(transactions).execute(status -> {
                String raised = driver.change(10);
                written.countDown();
                await(built);
                return raised;
            }));
            await(written);
            long before = audit.newest();
            driver.agendas.refresh(number, before);
            assertThat(driver.changesOn(number)).isEmpty();
            built.countDown();
            String raised = change.get();

            assertThat(isOutdated(number)).isTrue();
            sweep.sweep();
            assertThat(driver.changesOn(number)).containsExactly(raised);
        } finally {
            built.countDown();
            otherNode.shutdown();
        }
    }

    @Test
    void anAgendaThatStaysAsItIsIsNotBuiltAgain() {
        String number = driver.planned();
        driver.change(10);
        untilNothingIsOutdated();
        // Past the product, so without an entry: whoever builds the agenda would see it.
        driver.jdbc.update("update change_request set state = 'CANCELED' where environment_key = ?", driver.key);

        sweep.sweep();

        assertThat(driver.changesOn(number)).hasSize(1);
    }

    @Test
    void ofAllNodesOneHasTheTurn() throws Exception {
        driver.jdbc.update("update cab_sweep set due_at = localtimestamp(6)");
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> turn = () -> Boolean.TRUE.equals(
                    new TransactionTemplate(transactions).execute(status -> rows.takeTurn(Duration.ofMinutes(1))));
            List<Future<Boolean>> taken =
                    nodes.invokeAll(IntStream.range(0, 8).mapToObj(i -> turn).toList());
            int turns = 0;
            for (Future<Boolean> each : taken) {
                turns += each.get() ? 1 : 0;
            }
            assertThat(turns).isEqualTo(1);
        } finally {
            nodes.shutdown();
        }

        driver.jdbc.update("update cab_sweep set due_at = timestampadd(day, 1, localtimestamp(6))");
        assertThat(rows.takeTurn(Duration.ofMinutes(1)))
                .as("nobody puts it off by editing the row")
                .isTrue();
    }

    @Test
    void whoseTurnItIsNotDoesNothing() {
        String first = driver.planned();
        clock.set(driver.meetings.find(first).startsAt());
        driver.jdbc.update("update cab_sweep set due_at = timestampadd(second, 30, localtimestamp(6))");

        sweep.takeTurn();
        assertThat(driver.meetings.list(driver.key, new PageQuery(null, 10)).items())
                .hasSize(1);

        driver.jdbc.update("update cab_sweep set due_at = localtimestamp(6)");
        sweep.takeTurn();
        assertThat(driver.meetings.list(driver.key, new PageQuery(null, 10)).items())
                .hasSize(2);
    }

    private boolean isOutdated(String number) {
        return rows.outdated(clock.instant(), audit.newest()).contains(number);
    }

    /** What a sweep writes is an entry itself, after which agendas are built once more. */
    private void untilNothingIsOutdated() {
        for (int i = 0; i < 3 && !rows.outdated(clock.instant(), audit.newest()).isEmpty(); i++) {
            sweep.sweep();
        }
        assertThat(rows.outdated(clock.instant(), audit.newest())).isEmpty();
    }

    private Environment staging(boolean production) {
        return new Environment(driver.key, driver.key, EnvironmentKind.STAGING, 7, production, 1);
    }

    private ServiceDescription tier(int tier) {
        Service nova = services.get("nova");
        return new ServiceDescription(
                nova.name(), tier, nova.ownerGroup(), nova.complianceScopes(), nova.dependencies());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aMeetingWhoseProcessIsGoneGetsAnother() {
        String planned = driver.planned();
        driver.delete(planned);
        sweep.sweep();
        assertThat(driver.instance(planned)).isNotNull();

        driver.run(planned);
        driver.run(planned);
        driver.open(CHRIS, planned);
        driver.delete(planned);
        sweep.sweep();
        driver.close(CHRIS, planned);
        assertThat(driver.meetings.find(planned).minutes()).isNotNull();
        assertThat(driver.trail(planned)).containsOnlyOnce("cab.MinutesWritten").contains("cab.ProcessLost");
    }

    @Test
    void aBoardThatIsNotActiveOrHasNoScheduleDoesNotMeet() {
        BoardDescription all = driver.description();
        MONA.runs(() -> driver.boards.put(
                driver.key,
                new BoardDescription(all.name(), true, 1, null, 10, 72, all.members(), List.of(), all.filter()),
                Precondition.parse(null, "*")));
        assertThat(driver.meetings.next(driver.key)).isEmpty();

        MONA.runs(() -> driver.boards.put(
                driver.key,
                new BoardDescription(
                        all.name(), false, 1, all.schedule(), 10, 72, all.members(), List.of(), all.filter()),
                Precondition.parse("*", null)));
        assertThat(driver.meetings.next(driver.key)).isEmpty();
    }
}
