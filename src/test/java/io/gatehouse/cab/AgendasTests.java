package io.gatehouse.cab;

import static io.gatehouse.testing.SignedIn.CHRIS;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.RITA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.ChangeList;
import io.gatehouse.testing.OnH2;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionTemplate;

@OnH2
class AgendasTests extends MeetingTest {

    private static final Precondition ANY = Precondition.parse("*", null);

    private void arrange(String number, String... changes) {
        List<Agendas.Line> lines = Arrays.stream(changes)
                .map(change -> new Agendas.Line(change, null))
                .toList();
        MONA.runs(() -> driver.agendas.arrange(number, lines, ANY));
    }

    private void setRisk(String change, String risk) {
        driver.jdbc.update(
                "update change_request set risk = ? where id = ?", risk, Long.parseLong(change.substring(4)));
    }

    @Test
    void listsWhatTheFilterSaysByDateAndRisk() throws Exception {
        String number = driver.planned();
        String later = driver.change(12);
        String sooner = driver.change(10);
        String riskier = driver.change(10);
        String outOfTier = driver.change("keystone", 10);
        setRisk(sooner, "LOW");
        setRisk(riskier, "HIGH");

        driver.agendas.refresh(number);

        assertThat(driver.changesOn(number))
                .containsExactly(riskier, sooner, later)
                .doesNotContain(outOfTier);
        assertThat(driver.itemsOn(number)).extracting(AgendaItem::minutes).containsOnly(10);
        assertThat(differences(number)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TYPE, STANDARD, NORMAL", "RISK, HIGH, MODERATE", "RISK, VERY_HIGH, MODERATE"})
    void listsOnlyWhatIsOfAWantedTypeOrRisk(BoardFilter.Kind kind, String wanted, String other) {
        String number = looksAt(kind, wanted);
        String one = driver.change(10);
        String another = driver.change(11);
        set(kind, one, wanted);
        set(kind, another, other);

        driver.agendas.refresh(number);

        assertThat(driver.changesOn(number)).containsExactly(one);
    }

    @Test
    void listsWhatHasOneOfSeveralWantedValues() {
        String number = looksAt(BoardFilter.Kind.RISK, "HIGH", "VERY_HIGH");
        String high = driver.change(10);
        String low = driver.change(11);
        String veryHigh = driver.change(12);
        setRisk(high, "HIGH");
        setRisk(low, "LOW");
        setRisk(veryHigh, "VERY_HIGH");

        driver.agendas.refresh(number);

        assertThat(driver.changesOn(number)).containsExactly(high, veryHigh);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listsOnlyWhatIsForProductionOrIsNot(boolean production) {
        String number = looksAt(BoardFilter.Kind.PRODUCTION, String.valueOf(production));
        String change = driver.change(10);

        driver.jdbc.update("update environment set production = ? where environment_key = ?", !production, driver.key);
        driver.agendas.refresh(number);
        assertThat(driver.changesOn(number)).isEmpty();

        driver.jdbc.update("update environment set production = ? where environment_key = ?", production, driver.key);
        driver.agendas.refresh(number);
        assertThat(driver.changesOn(number)).containsExactly(change);
    }

    /** The next meeting of a board that looks at changes of its environment which have one of these values. */
    private String looksAt(BoardFilter.Kind kind, String... wanted) {
        BoardDescription board = driver.description();
        Set<BoardFilter> filter = Arrays.stream(wanted)
                .map(value -> new BoardFilter(kind, value))
                .collect(Collectors.toCollection(HashSet::new));
        filter.add(new BoardFilter(BoardFilter.Kind.ENVIRONMENT, driver.key));
        MONA.runs(() -> driver.boards.put(
                driver.key,
                new BoardDescription(
                        board.name(),
                        true,
                        board.minimumVotes(),
                        board.schedule(),
                        board.minutesPerItem(),
                        board.votingHours(),
                        board.members(),
                        board.delegates(),
                        filter),
                Precondition.parse(null, "*")));
        return driver.meetings.next(driver.key).orElseThrow();
    }

    private void set(BoardFilter.Kind kind, String change, String value) {
        driver.jdbc.update(
                "update change_request set " + (kind == BoardFilter.Kind.TYPE ? "type" : "risk") + " = ? where id = ?",
                value,
                Long.parseLong(change.substring(4)));
    }

    @Test
    void givesEachItemAsLongAsPeopleSayAndElseAsLongAsTheBoardTakes() throws Exception {
        String number = driver.planned();
        String first = driver.change(10);
        String second = driver.change(11);
        driver.agendas.refresh(number);

        MONA.runs(() -> driver.agendas.arrange(
                number, List.of(new Agendas.Line(second, 25), new Agendas.Line(first, null)), ANY));
        assertThat(driver.itemsOn(number))
                .extracting(AgendaItem::change, AgendaItem::minutes)
                .containsExactly(tuple(second, 25), tuple(first, 10));

        MONA.runs(() -> driver.agendas.arrange(
                number, List.of(new Agendas.Line(first, 5), new Agendas.Line(second, null)), ANY));
        assertThat(driver.itemsOn(number))
                .extracting(AgendaItem::change, AgendaItem::minutes)
                .as("as it was, where nothing is said")
                .containsExactly(tuple(first, 5), tuple(second, 25));
        assertThat(differences(number)).isEmpty();
    }

    @Test
    void listsTheRiskiestOfADayFirst() throws Exception {
        String number = driver.planned();
        Instant day = clock.instant().plus(Duration.ofDays(20));
        String morning = driver.change("nova", day.plus(Duration.ofHours(9)));
        String noon = driver.change("nova", day.plus(Duration.ofHours(12)));
        String afternoon = driver.change("nova", day.plus(Duration.ofHours(15)));
        setRisk(morning, "LOW");
        setRisk(noon, "LOW");
        setRisk(afternoon, "HIGH");

        driver.agendas.refresh(number);

        assertThat(driver.changesOn(number)).containsExactly(afternoon, morning, noon);
        assertThat(differences(number)).isEmpty();
    }

    @Test
    void tellsDaysByTheClocksOfTheBoard() {
        String number = driver.planned();
        Instant day = clock.instant().plus(Duration.ofDays(20));
        // In Berlin it is the next day already.
        String riskier = driver.change("nova", day.plus(Duration.ofMinutes(23 * 60 + 30)));
        String evening = driver.change("nova", day.plus(Duration.ofHours(21)));
        setRisk(evening, "LOW");
        setRisk(riskier, "HIGH");

        driver.agendas.refresh(number);
        assertThat(driver.changesOn(number)).containsExactly(evening, riskier);

        BoardDescription board = driver.description();
        BoardSchedule berlin = Objects.requireNonNull(board.schedule());
        MONA.runs(() -> driver.boards.put(
                driver.key,
                new BoardDescription(
                        board.name(),
                        true,
                        board.minimumVotes(),
                        new BoardSchedule(berlin.recurrence(), berlin.firstMeeting(), "America/New_York", 60, 24),
                        board.minutesPerItem(),
                        board.votingHours(),
                        board.members(),
                        board.delegates(),
                        board.filter()),
                ANY));
        driver.agendas.refresh(number);
        assertThat(driver.changesOn(number)).containsExactly(riskier, evening);
    }

    @Test
    void isRefreshedUntilItBeginsAndWritesOnlyWhatIsNew() {
        String number = driver.planned();
        String change = driver.change(10);
        driver.agendas.refresh(number);
        driver.agendas.refresh(number);
        assertThat(driver.trail(number)).containsExactly("cab.MeetingPlanned", "cab.AgendaRefreshed");

        driver.jdbc.update(
                "update change_request set state = 'CANCELED' where id = ?", Long.parseLong(change.substring(4)));
        driver.agendas.refresh(number);
        assertThat(driver.changesOn(number)).isEmpty();
        driver.jdbc.update("update change_request set state = 'NEW' where id = ?", Long.parseLong(change.substring(4)));

        driver.run(number);
        driver.run(number);
        driver.open(CHRIS, number);
        driver.change(11);
        driver.agendas.refresh(number);
        assertThat(driver.changesOn(number)).containsExactly(change);
    }

    @Test
    void staysAsPeoplePutIt() throws Exception {
        String number = driver.planned();
        String first = driver.change(10);
        String second = driver.change(11);
        String third = driver.change(12);
        String byHand = driver.change("keystone", 5);
        driver.agendas.refresh(number);

        arrange(number, third, byHand, first);
        String fourth = driver.change(9);
        driver.agendas.refresh(number);

        assertThat(driver.changesOn(number))
                .containsExactly(third, byHand, first, fourth)
                .doesNotContain(second);
        assertThat(driver.itemsOn(number))
                .extracting(AgendaItem::origin, AgendaItem::addedBy)
                .contains(tuple(AgendaItem.Origin.PERSON, "mona"));
        assertThat(differences(number)).isEmpty();

        arrange(number, second);
        assertThat(driver.changesOn(number)).containsExactly(second);
    }

    @Test
    void putsOffToTheNextMeetingWhichLooksAtThatFirst() throws Exception {
        String number = driver.planned();
        String sooner = driver.change(10);
        String later = driver.change(12);
        driver.agendas.refresh(number);

        CHRIS.runs(() -> driver.agendas.defer(number, later, "Its requester is away"));

        String next = driver.meetings
                .nextAfter(driver.key, driver.meetings.find(number).startsAt())
                .orElseThrow();
        driver.agendas.refresh(next);
        assertThat(next).isNotEqualTo(number);
        assertThat(driver.changesOn(next)).containsExactly(later, sooner);
        assertThat(driver.itemsOn(number))
                .extracting(AgendaItem::change, AgendaItem::state, AgendaItem::because)
                .containsExactlyInAnyOrder(
                        tuple(sooner, AgendaItem.State.LISTED, null),
                        tuple(later, AgendaItem.State.DEFERRED, "Its requester is away"));
        assertThatThrownBy(() -> CHRIS.runs(() -> driver.agendas.defer(number, later, "Again")))
                .isInstanceOf(ProblemException.class);
        assertThat(differences(number)).isEmpty();
        assertThat(differences(next)).isEmpty();
    }

    @Test
    void putsOffWhatTheMeetingDidNotDecide() throws Exception {
        String number = driver.ready();
        String open = driver.change(10);
        String settled = driver.change(11);
        driver.open(CHRIS, number);
        driver.jdbc.update(
                "update change_request set state = 'CANCELED' where id = ?", Long.parseLong(settled.substring(4)));

        driver.close(CHRIS, number);

        String next = driver.meetings.next(driver.key).orElseThrow();
        assertThat(driver.itemsOn(number))
                .extracting(AgendaItem::change, AgendaItem::state)
                .containsExactly(tuple(open, AgendaItem.State.DEFERRED), tuple(settled, AgendaItem.State.SETTLED));
        assertThat(driver.changesOn(next)).containsExactly(open);
        assertThat(differences(next)).isEmpty();
    }

    @Test
    void refusesWhatIsNoChangeOrNamedTwice() {
        String number = driver.planned();
        String change = driver.change(10);

        assertThatThrownBy(() -> arrange(number, change, change)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> arrange(number, "CHG-999999999")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() ->
                        MONA.runs(() -> driver.agendas.arrange(number, List.of(), Precondition.parse("\"77\"", null))))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> RITA.runs(() -> driver.agendas.arrange(number, List.of(), ANY)))
                .isInstanceOf(ProblemException.class);
    }

    /** What other parts of the product say of emergency changes and of votes, for as long as a test lasts. */
    private static final class Said implements AgendaReports, ItemDecisions {

        private final Map<String, String> toldIn = new TreeMap<>();
        private final List<String> emergencies;

        Said(String... emergencies) {
            this.emergencies = List.of(emergencies);
        }

        @Override
        public List<String> unreported(Board board) {
            return emergencies.stream()
                    .filter(change -> !toldIn.containsKey(change))
                    .toList();
        }

        @Override
        public void reported(Board board, String change, String meeting) {
            toldIn.put(change, meeting);
        }

        @Override
        public Optional<ItemDecision> of(String board, String change, @Nullable Instant since) {
            return Optional.of(new ItemDecision(
                    "APPROVED_WITH_CONDITIONS",
                    "a majority",
                    true,
                    List.of(new SeatVote("security", "sasha", "APPROVE", "if it is *tested*")),
                    List.of(new Demand("Test it", null))));
        }
    }

    private <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    private Agendas agendas(AgendaReports reports) {
        return new Agendas(
                driver.meetings,
                bean(MeetingRows.class),
                driver.boards,
                new Agenda(bean(ChangeList.class), List.of(reports)),
                bean(ChangeList.class),
                bean(Permissions.class),
                bean(CurrentPerson.class));
    }

    private Proceedings proceedings(Said said) {
        return new Proceedings(
                driver.meetings,
                agendas(said),
                bean(MeetingRows.class),
                driver.boards,
                List.of(said),
                List.of(said),
                bean(ChangeList.class),
                bean(Permissions.class),
                bean(CurrentPerson.class));
    }

    private void inTransaction(Runnable work) {
        bean(TransactionTemplate.class).executeWithoutResult(status -> work.run());
    }

    @Test
    void tellsOfEmergencyChangesOnceAndWritesDownWhatWasDecided() throws Exception {
        String number = driver.planned();
        String emergency = driver.change(1);
        String change = driver.change(10);
        Said said = new Said(emergency);
        Person chris = new Person("chris", Set.of("cab-chair"));

        inTransaction(() -> agendas(said).refresh(number));
        assertThat(driver.changesOn(number)).containsExactly(change, emergency);

        inTransaction(() -> proceedings(said).open(number, chris));
        assertThat(said.toldIn).containsExactly(Map.entry(emergency, number));

        inTransaction(() -> {
            proceedings(said).close(number, chris, "");
            new Minutes(driver.meetings, bean(MeetingRows.class), driver.boards, List.of(said), bean(ChangeList.class))
                    .write(number);
        });
        assertThat(driver.itemsOn(number))
                .extracting(AgendaItem::change, AgendaItem::state, AgendaItem::outcome)
                .containsExactly(
                        tuple(change, AgendaItem.State.DECIDED, "APPROVED_WITH_CONDITIONS"),
                        tuple(emergency, AgendaItem.State.REPORTED, null));
        assertThat(bean(Minutes.class).textOf(number))
                .contains("- Outcome: APPROVED_WITH_CONDITIONS", "- Condition: Test it")
                .contains("- security: APPROVE (sasha): if it is \\*tested\\*")
                .contains("the board was told of this emergency change");
        assertThat(differences(number)).isEmpty();
    }
}
