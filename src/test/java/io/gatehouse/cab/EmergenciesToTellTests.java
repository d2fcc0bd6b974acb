package io.gatehouse.cab;

import static io.gatehouse.testing.SignedIn.CHRIS;
import static io.gatehouse.testing.SignedIn.MONA;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Person;
import io.gatehouse.api.Precondition;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.Changes;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.SignedIn;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@OnH2
class EmergenciesToTellTests extends MeetingTest {

    private static final Person REQUESTER = new Person("rita", Set.of("requester"));

    @Autowired
    private EmergenciesToTell emergencies;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private Changes changes;

    private MeetingDriver other;

    @BeforeEach
    void anotherBoard() {
        other = new MeetingDriver(context);
        // So that no board of another test looks at it.
        other.jdbc.update("update environment set production = false where environment_key = ?", driver.key);
    }

    private ChangeContent content() {
        return ChangeFixture.content(
                "nova", driver.key, ChangeFixture.windowIn(clock.instant(), Duration.ofMinutes(-1)));
    }

    /** An emergency change of a service of tier 2 that was begun in the environment of the first board. */
    private String begun() {
        return SignedIn.RITA.does(() -> process.submit(
                        REQUESTER, process.raiseEmergency(REQUESTER, content()).number())
                .number());
    }

    private @Nullable String reportedTo(String number) {
        return Objects.requireNonNull(changes.find(number).emergency()).reportedTo();
    }

    /** So that no other test finds boards that look at what is everybody's. */
    @AfterEach
    void dissolve() {
        List.of(driver, other).forEach(of -> of.boards.find(of.key).ifPresent(board -> put(of, false, Set.of())));
    }

    private static Board filtered(MeetingDriver of, BoardFilter... filter) {
        return put(of, true, Set.of(filter));
    }

    private static Board put(MeetingDriver of, boolean active, Set<BoardFilter> filter) {
        BoardDescription all = of.description();
        return MONA.does(() -> of.boards.put(
                of.key,
                new BoardDescription(
                        all.name(),
                        active,
                        all.minimumVotes(),
                        all.schedule(),
                        all.minutesPerItem(),
                        all.votingHours(),
                        all.members(),
                        all.delegates(),
                        filter),
                of.boards.find(of.key).isPresent() ? Precondition.parse("*", null) : Precondition.parse(null, "*")));
    }

    @Test
    void tellTheFirstMeetingOnly() {
        Board board = driver.board();
        String number = begun();
        String normal = process.raise(REQUESTER, content()).number();
        assertThat(emergencies.unreported(board)).contains(number).doesNotContain(normal);

        emergencies.reported(board, number, "MTG-000001");
        emergencies.reported(board, number, "MTG-000002");
        emergencies.reported(board, normal, "MTG-000002");

        assertThat(emergencies.unreported(board)).doesNotContain(number);
        assertThat(reportedTo(number)).isEqualTo("MTG-000001");
    }

    @Test
    void tellTheBoardThatLooksAtSuchChangesThoughAnotherMeetsFirst() throws Exception {
        String meeting = driver.ready();
        String meetingOfOthers = other.ready();
        String number = begun();

        other.open(CHRIS, meetingOfOthers);
        assertThat(other.meetings.find(meetingOfOthers).items())
                .extracting(AgendaItem::change)
                .doesNotContain(number);
        assertThat(reportedTo(number)).isNull();

        driver.open(CHRIS, meeting);
        assertThat(driver.meetings.find(meeting).items())
                .filteredOn(item -> item.change().equals(number))
                .extracting(AgendaItem::state)
                .containsExactly(AgendaItem.State.REPORTED);
        assertThat(reportedTo(number)).isEqualTo(meeting);
        assertThat(differences(meeting)).isEmpty();
    }

    @Test
    void markNothingAsToldThatStandsOnTheAgendaOfABoardWhichDoesNotLookAtIt() {
        driver.board();
        Board others = other.board();
        String number = begun();

        emergencies.reported(others, number, "MTG-000001");

        assertThat(reportedTo(number)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ENVIRONMENT HERE, true",
        "ENVIRONMENT HERE; STATE NEW; TYPE NORMAL; RISK LOW, true",
        "ENVIRONMENT HERE; ENVIRONMENT staging, true",
        "ENVIRONMENT staging, false",
        "PRODUCTION false, true",
        "PRODUCTION true, false",
        "TIER 2; TIER 1, true",
        "TIER 1, false",
        "ENVIRONMENT HERE; TIER 4, false",
        "STATE AUTHORIZE, true"
    })
    void tellWhoeverLooksAtWhereItIsMade(String filter, boolean told) {
        filtered(other, new BoardFilter(BoardFilter.Kind.ENVIRONMENT, driver.key));
        Board board = filtered(
                driver,
                Arrays.stream(filter.split("; "))
                        .map(one -> one.replace("HERE", driver.key).split(" "))
                        .map(one -> new BoardFilter(BoardFilter.Kind.valueOf(one[0]), one[1]))
                        .toArray(BoardFilter[]::new));
        String number = begun();

        assertThat(emergencies.unreported(board).contains(number)).isEqualTo(told);
    }

    @Test
    void tellEveryBoardWhatNoneLooksAt() {
        Board board = filtered(driver, new BoardFilter(BoardFilter.Kind.ENVIRONMENT, "staging"));
        Board others = other.board();
        String number = begun();

        assertThat(List.of(board, others))
                .allSatisfy(one -> assertThat(emergencies.unreported(one)).contains(number));
    }
}
