package io.gatehouse.cab;

import static io.gatehouse.testing.SignedIn.CARLA;
import static io.gatehouse.testing.SignedIn.CHRIS;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.access.Person;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.Fingerprint;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.OnH2;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Every path of {@code CabMeeting.bpmn}. */
@OnH2
class CabMeetingProcessTests extends MeetingTest {

    @Autowired
    ProcessEngine engine;

    @Autowired
    Proceedings proceedings;

    @Autowired
    Minutes minutes;

    @BeforeEach
    void assertions() {
        AbstractAssertions.init(engine);
    }

    @Test
    void isAnnouncedOpenedClosedAndMinuted() throws Exception {
        String number = driver.planned();
        String change = driver.change(20);
        ProcessInstance instance = driver.instance(number);
        assertThat(instance).isWaitingAt("Event_AgendaDue");
        Meeting planned = driver.meetings.find(number);

        driver.run(number);
        assertThat(instance).isWaitingAt("Event_DoorsOpen").hasPassed("Activity_NotifyMembers");
        Assertions.assertThat(driver.changesOn(number)).containsExactly(change);

        driver.run(number);
        clock.set(planned.startsAt());
        driver.open(CHRIS, number);
        assertThat(instance).isWaitingAt("Activity_CloseMeeting");
        CHRIS.runs(() -> proceedings.attend(number, Set.of("chris", "oskar"), Precondition.parse("*", null)));

        driver.close(CHRIS, number);
        assertThat(instance).isEnded().hasPassed("Activity_WriteMinutes", "Activity_MailMinutes");

        Meeting closed = driver.meetings.find(number);
        Assertions.assertThat(closed.state()).isEqualTo(Meeting.State.CLOSED);
        Assertions.assertThat(driver.trail(number))
                .containsExactly(
                        "cab.MeetingPlanned",
                        "cab.AgendaRefreshed",
                        "cab.AgendaAnnounced",
                        "cab.MeetingOpened",
                        "cab.AttendanceNoted",
                        "cab.MeetingClosed",
                        "cab.ItemsDeferred",
                        "cab.MinutesWritten",
                        "cab.MinutesMailed");
        JsonNode document = new ObjectMapper().readTree(minutes.of(number));
        Assertions.assertThat(closed.minutesSha256()).isEqualTo(Fingerprint.ofText(minutes.of(number)));
        Assertions.assertThat(document.findValuesAsText("person")).containsExactly("chris", "oskar", "sasha");
        Assertions.assertThat(document.at("/quorumPresent").asBoolean()).isTrue();
        Assertions.assertThat(document.at("/items/0/state").asText()).isEqualTo("DEFERRED");
        Assertions.assertThat(document.at("/text").asText())
                .contains("## 1. " + change + ": Upgrade nova", "- Quorum: present, which is 2 seats with chair")
                .contains("Board &lt;b&gt;of", "Well \\*done\\*")
                .doesNotContain("<b>")
                .containsPattern("- Planned: Wednesday \\d+ \\w+ \\d{4}, 14:00 to 15:00 Europe/Berlin\n")
                .containsPattern("- Opened: Wednesday \\d+ \\w+ \\d{4}, 14:00 Europe/Berlin by chris\n")
                .doesNotContainPattern("\\d{4}-\\d{2}-\\d{2}T");
        Assertions.assertThat(document.at("/timeZone").asText()).isEqualTo("Europe/Berlin");
        Assertions.assertThat(differences(number)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 24, 72})
    void sendsItsAgendaByTheLeadOfItsBoardAndOpensItsDoorsAQuarterOfAnHourBefore(int leadHours) {
        BoardDescription board = driver.description();
        BoardSchedule schedule = Objects.requireNonNull(board.schedule());
        MONA.runs(() -> driver.boards.put(
                driver.key,
                new BoardDescription(
                        board.name(),
                        true,
                        board.minimumVotes(),
                        new BoardSchedule(
                                schedule.recurrence(),
                                schedule.firstMeeting(),
                                schedule.timeZone(),
                                schedule.durationMinutes(),
                                leadHours),
                        board.minutesPerItem(),
                        board.votingHours(),
                        board.members(),
                        board.delegates(),
                        board.filter()),
                Precondition.parse(null, "*")));
        String number = driver.meetings.next(driver.key).orElseThrow();
        Instant start = driver.meetings.find(number).startsAt();

        assertThat(driver.instance(number)).isWaitingAt("Event_AgendaDue");
        Assertions.assertThat(driver.waitsUntil(number)).isEqualTo(start.minus(Duration.ofHours(leadHours)));
        driver.run(number);
        assertThat(driver.instance(number)).isWaitingAt("Event_DoorsOpen");
        Assertions.assertThat(driver.waitsUntil(number)).isEqualTo(start.minus(Duration.ofMinutes(15)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void endsWhenItIsCanceledAndTheNextIsPlanned(int waits) throws Exception {
        String number = driver.planned();
        for (int i = 0; i < waits; i++) {
            driver.run(number);
        }
        ProcessInstance instance = driver.instance(number);

        MONA.runs(() -> driver.meetings.cancel(number, "Everybody is away"));

        assertThat(instance).isEnded().hasPassed("Event_MeetingCanceled");
        Meeting canceled = driver.meetings.find(number);
        Meeting next = driver.meetings.find(driver.meetings.next(driver.key).orElseThrow());
        Assertions.assertThat(canceled.state()).isEqualTo(Meeting.State.CANCELED);
        Assertions.assertThat(Duration.between(canceled.startsAt(), next.startsAt()))
                .isBetween(Duration.ofHours(167), Duration.ofHours(169));
        Assertions.assertThat(differences(number)).isEmpty();
        Assertions.assertThat(differences(next.number())).isEmpty();
    }

    @Test
    void saysInItsFormsWhenItIsByTheClocksOfTheBoard() {
        String number = driver.ready();

        for (String stem : List.of("OpenMeeting", "CloseMeeting")) {
            TaskForm form =
                    context.getBean(Character.toLowerCase(stem.charAt(0)) + stem.substring(1) + "Form", TaskForm.class);
            Assertions.assertThat(String.valueOf(form.show(new OpenTask(stem, number, Set.of("cab-chair"), null))
                            .get("startsAt")))
                    .matches("Wednesday \\d+ \\w+ \\d{4}, 14:00 Europe/Berlin");
        }
    }

    @Test
    void isOpenedByTheChairAndNobodyElseWhoIsAsked() {
        String number = driver.ready();

        assertThatThrownBy(() -> driver.open(CARLA, number))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("chris chairs the board");
        assertThatThrownBy(() -> driver.open(OSKAR, number)).isInstanceOf(ProblemException.class);

        driver.open(CHRIS, number);
        assertThatThrownBy(() -> driver.close(CARLA, number)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> MONA.runs(() -> driver.meetings.cancel(number, "Too late")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is OPEN");
    }

    @Test
    void isOpenedByTheDelegateWhileTheChairIsAway() {
        String number = driver.ready();
        CHRIS.runs(() -> driver.boards.putAbsences(
                driver.key,
                "chris",
                List.of(new BoardAbsence(
                        "chris", clock.instant(), clock.instant().plus(Duration.ofDays(30)))),
                Precondition.parse("*", null)));

        assertThatThrownBy(() -> driver.open(CHRIS, number)).hasMessageContaining("carla chairs the board");
        driver.open(CARLA, number);

        Assertions.assertThat(driver.meetings.find(number).attendance())
                .extracting(Attendee::person, Attendee::seat)
                .containsExactly(Assertions.tuple("carla", "chair"));
    }

    @Test
    void isOpenedByWhoIsAskedBecauseTheChairIsLate() {
        String number = driver.ready();
        Person mona = new Person("mona", Set.of("change-manager"));

        Assertions.assertThatCode(() -> driver.meetings.requireChair(number, mona, false))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> driver.meetings.requireChair(number, mona, true))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void notesWhoIsThereWhenItIsClosed() throws Exception {
        String number = driver.ready();
        driver.open(CHRIS, number);
        CHRIS.runs(() -> proceedings.attend(number, Set.of("chris", "oskar"), Precondition.parse("*", null)));

        assertThatThrownBy(() -> close(number, "chris\nrita\nsasha"))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> Assertions.assertThat(
                                refusal.problem().fields())
                        .extracting(InvalidField::field, InvalidField::message)
                        .containsExactly(Assertions.tuple(
                                "attendance",
                                "must be members or delegates of the board " + driver.key + ", not rita")));
        Assertions.assertThat(driver.meetings.find(number).state()).isEqualTo(Meeting.State.OPEN);
        close(number, "chris\n sasha\n");

        Meeting closed = driver.meetings.find(number);
        Assertions.assertThat(closed.attendance()).extracting(Attendee::person).containsExactly("chris", "sasha");
        Assertions.assertThat(driver.trail(number)).containsSequence("cab.AttendanceNoted", "cab.MeetingClosed");
        Assertions.assertThat(minutes.textOf(number)).contains("- Present: chris (chair), sasha (security)");
        Assertions.assertThat(differences(number)).isEmpty();
    }

    @Test
    void knowsNobodyAsPresentWhoIsNotOfTheBoard() {
        String number = driver.ready();
        driver.open(CHRIS, number);

        assertThatThrownBy(() -> CHRIS.runs(
                        () -> proceedings.attend(number, Set.of("chris", "rita"), Precondition.parse("*", null))))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> Assertions.assertThat(
                                refusal.problem().fields())
                        .extracting(InvalidField::field, InvalidField::message)
                        .containsExactly(Assertions.tuple(
                                "present", "must be members or delegates of the board " + driver.key + ", not rita")));
        CHRIS.runs(() -> proceedings.attend(number, Set.of("oskar", "carla"), Precondition.parse("*", null)));

        Assertions.assertThat(driver.meetings.find(number).attendance())
                .extracting(Attendee::person, Attendee::seat)
                .as("a member, and a delegate of the chair")
                .containsExactlyInAnyOrder(Assertions.tuple("carla", "chair"), Assertions.tuple("oskar", "operations"));
    }

    @Test
    void writesNothingAnewOfWhoIsThereAsItWasNoted() {
        String number = driver.ready();
        driver.open(CHRIS, number);

        close(number, "chris");

        Assertions.assertThat(driver.meetings.find(number).attendance())
                .extracting(Attendee::person)
                .containsExactly("chris");
        Assertions.assertThat(driver.trail(number)).doesNotContain("cab.AttendanceNoted");
    }

    private void close(String number, String attendance) {
        CHRIS.runs(() -> context.getBean(Tasks.class)
                .submit(number, MeetingModel.CLOSE, null, Map.of("attendance", attendance, "remarks", "")));
    }

    @Test
    void writesItsMinutesOnce() throws Exception {
        String number = driver.ready();
        driver.open(CHRIS, number);
        driver.close(CHRIS, number);
        String written = minutes.of(number);

        minutes.write(number);

        Assertions.assertThat(minutes.of(number)).isEqualTo(written);
        Assertions.assertThat(driver.trail(number)).containsOnlyOnce("cab.MinutesWritten");
        driver.jdbc.update("update cab_meeting set minutes = '{}' where id = ?", Long.parseLong(number.substring(4)));
        Assertions.assertThat(differences(number)).containsExactly("ALTERED");
        driver.jdbc.update(
                "update cab_meeting set minutes = ? where id = ?", written, Long.parseLong(number.substring(4)));
    }
}
