package io.gatehouse.cab;

import static io.gatehouse.testing.SignedIn.CHRIS;
import static io.gatehouse.testing.SignedIn.MONA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.testing.OnH2;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;

@OnH2
class MeetingPlanningTests extends MeetingTest {

    @Autowired
    private MeetingSweep sweep;

    @Autowired
    private MeetingRows rows;

    @Autowired
    private IdentityService identities;

    @Autowired
    private RuntimeService runtime;

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
        assertThat(rows.planned(clock.instant()))
                .contains(first)
                .doesNotContain(meetings.get(0).number());
        clock.set(meetings.get(1).endsAt());
        assertThat(rows.planned(clock.instant()))
                .as("one that nobody opened keeps no agenda from the next")
                .contains(first, meetings.get(0).number());
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
                new BoardDescription(all.name(), true, 1, null, 10, all.members(), List.of(), all.filter()),
                Precondition.parse(null, "*")));
        assertThat(driver.meetings.next(driver.key)).isEmpty();

        MONA.runs(() -> driver.boards.put(
                driver.key,
                new BoardDescription(all.name(), false, 1, all.schedule(), 10, all.members(), List.of(), all.filter()),
                Precondition.parse("*", null)));
        assertThat(driver.meetings.next(driver.key)).isEmpty();
    }
}
