package io.gatehouse.cab;

import static io.gatehouse.testing.SignedIn.CARLA;
import static io.gatehouse.testing.SignedIn.CHRIS;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.SASHA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.OnH2;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** What a meeting makes of the votes that its board casts while it meets. */
@OnH2
class BallotDecisionsTests extends MeetingTest {

    @Autowired
    private ChangeProcess process;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Ballots ballots;

    @Autowired
    private Minutes minutes;

    @Autowired
    private TransactionTemplate transactions;

    private VoteFixture votes;
    private Change change;
    private String number;

    @BeforeEach
    void convene() {
        votes = new VoteFixture(driver.boards, process, tasks, transactions);
        votes.conveneToMeet();
        number = driver.meetings.next(VoteFixture.BOARD).orElseThrow();
        driver.run(number);
        driver.run(number);
        change = votes.beforeTheBoard(ChangeFixture.windowIn(clock.instant(), Duration.ofDays(21)));
        driver.open(CHRIS, number);
    }

    @AfterEach
    void dissolve() {
        votes.dissolve();
    }

    @Test
    void votesLastUntilTheNextMeetingIsOver() {
        assertThat(ballots.viewsOf(change.number()).get(0).closesAt())
                .isEqualTo(driver.meetings.find(number).endsAt())
                .isNotEqualTo(clock.instant().plus(Duration.ofDays(3)));
    }

    @Test
    void minutesSayWhatTheBoardApproved() throws Exception {
        List.of(CHRIS, OSKAR, CARLA, SASHA).forEach(who -> votes.vote(change, who, Vote.APPROVE));

        driver.close(CHRIS, number);

        requireDecided("APPROVED");
        assertThat(votesInMinutes())
                .containsExactly("business APPROVE", "chair APPROVE", "operations APPROVE", "security APPROVE");
    }

    @Test
    void minutesSayWhatTheBoardApprovedWithConditions() throws Exception {
        votes.vote(change, CHRIS, Vote.APPROVE, "A tried way back");
        List.of(OSKAR, CARLA, SASHA).forEach(who -> votes.vote(change, who, Vote.APPROVE));

        driver.close(CHRIS, number);

        requireDecided("APPROVED_WITH_CONDITIONS");
        assertThat(votesInMinutes()).hasSize(4);
        assertThat(itemInMinutes().at("/conditions/0/condition").asText()).isEqualTo("A tried way back");
        assertThat(itemInMinutes().at("/conditions/0/task").asText()).startsWith("TASK-");
    }

    @Test
    void minutesSayWhatTheBoardRejected() throws Exception {
        reject();

        driver.close(CHRIS, number);

        requireRejected();
    }

    @Test
    void minutesSayWhatTheBoardRejectedThoughItIsSubmittedAgain() throws Exception {
        reject();
        RITA.runs(() -> process.submit(VoteFixture.person(RITA), change.number()));

        driver.close(CHRIS, number);

        requireRejected();
    }

    @Test
    void minutesSayWhatWasSentBackAfterADeferral() throws Exception {
        votes.vote(change, OSKAR, Vote.APPROVE);
        votes.vote(change, CARLA, Vote.APPROVE);
        clock.set(ballots.viewsOf(change.number()).get(0).closesAt());
        VoteFixture.passDeadline(context, change);
        votes.settle(change, CHRIS, "SEND_BACK");

        driver.close(CHRIS, number);

        requireDecided("SENT_BACK");
        assertThat(votesInMinutes()).containsExactly("business APPROVE", "operations APPROVE");
    }

    @Test
    void leavesToTheNextMeetingWhatIsNotDecided() throws Exception {
        votes.vote(change, OSKAR, Vote.APPROVE);

        driver.close(CHRIS, number);

        assertThat(item(number).map(AgendaItem::state)).contains(AgendaItem.State.DEFERRED);
        assertThat(votesInMinutes()).containsExactly("operations APPROVE");
        assertThat(item(next()).map(AgendaItem::origin)).contains(AgendaItem.Origin.DEFERRED);
    }

    private void reject() {
        List.of(CHRIS, OSKAR, CARLA).forEach(who -> votes.vote(change, who, Vote.REJECT));
    }

    private void requireRejected() throws Exception {
        requireDecided("REJECTED");
        assertThat(votesInMinutes()).containsExactly("business REJECT", "chair REJECT", "operations REJECT");
    }

    private void requireDecided(String outcome) throws Exception {
        AgendaItem item = item(number).orElseThrow();
        assertThat(item.state()).isEqualTo(AgendaItem.State.DECIDED);
        assertThat(item.outcome()).isEqualTo(outcome);
        assertThat(itemInMinutes().at("/outcome").asText()).isEqualTo(outcome);
        assertThat(minutes.textOf(number)).contains("- Outcome: " + outcome);
        assertThat(item(next())).isEmpty();
        assertThat(differences(number)).isEmpty();
    }

    private String next() {
        String next = driver.meetings
                .nextAfter(VoteFixture.BOARD, driver.meetings.find(number).startsAt())
                .orElseThrow();
        driver.agendas.refresh(next);
        return next;
    }

    private Optional<AgendaItem> item(String meeting) {
        return driver.meetings.find(meeting).items().stream()
                .filter(item -> item.change().equals(change.number()))
                .findFirst();
    }

    private JsonNode itemInMinutes() throws Exception {
        for (JsonNode item : new ObjectMapper().readTree(minutes.of(number)).at("/items")) {
            if (item.at("/change").asText().equals(change.number())) {
                return item;
            }
        }
        throw new AssertionError("The minutes do not speak of " + change.number());
    }

    private List<String> votesInMinutes() throws Exception {
        List<String> said = new ArrayList<>();
        itemInMinutes()
                .at("/votes")
                .forEach(vote -> said.add(
                        vote.at("/seat").asText() + " " + vote.at("/vote").asText()));
        return said;
    }
}
