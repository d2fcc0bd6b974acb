package io.gatehouse.cab;

import static io.gatehouse.testing.SignedIn.CHRIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.icegreen.greenmail.util.GreenMailUtil;
import io.gatehouse.mail.MailServer;
import io.gatehouse.testing.OnH2;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends to a real SMTP server in this process, and to one that is not there. */
@OnH2
class MailRoundTests extends MeetingTest {

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private MeetingMails mails;

    private MailServer server;
    private String number = "";

    @BeforeEach
    void server() {
        server = MailServer.of(context);
        number = driver.planned();
        server.address("chris", "chris@example.org");
        server.address("sasha", "sasha@example.org");
        server.address("oskar", "oskar@example.org");
        server.address("carla", "");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void announce() {
        transaction.executeWithoutResult(status -> mails.announce(number));
    }

    private List<SentMail> states() {
        return mails.about(driver.meetings.find(number));
    }

    @Test
    void mailsTheAgendaToWhoIsOnTheBoardOnce() throws Exception {
        String change = driver.change(10);
        driver.agendas.refresh(number);
        announce();
        announce();

        assertThat(server.send()).isEqualTo(3);
        assertThat(server.send()).isZero();

        List<String> to = new ArrayList<>();
        for (MimeMessage message : server.received()) {
            to.add(message.getAllRecipients()[0].toString());
            assertThat(message.getSubject()).isEqualTo("Agenda of " + number + ", Board <b>of</b> the test");
            assertThat(message.getHeader("Message-ID")[0]).startsWith("<mail-");
            assertThat(GreenMailUtil.getBody(message)).contains(change, "14:00 Europe/Berlin", "10 min");
            assertThat(GreenMailUtil.getBody(message))
                    .containsPattern("to start \\w+day \\d+ \\w+ \\d{4}, \\d\\d:\\d\\d Europe/Berlin");
        }
        assertThat(to).containsExactlyInAnyOrder("chris@example.org", "sasha@example.org", "oskar@example.org");
        assertThat(states())
                .extracting(SentMail::person, SentMail::state)
                .contains(tuple("carla", "FAILED"), tuple("chris", "SENT"));
    }

    @Test
    void mailsTheMinutesAsTheyAreFrozen() throws Exception {
        driver.run(number);
        driver.run(number);
        driver.open(CHRIS, number);
        driver.close(CHRIS, number);

        server.send();

        List<MimeMessage> minutes = new ArrayList<>();
        for (MimeMessage message : server.received()) {
            if (message.getSubject().startsWith("Minutes of " + number)) {
                minutes.add(message);
            }
        }
        assertThat(minutes).hasSize(3);
        assertThat(minutes.get(0).getContent().toString().replace("\r\n", "\n"))
                .isEqualToIgnoringNewLines(context.getBean(Minutes.class).textOf(number));
    }

    @Test
    void triesAgainWithGrowingPausesAndGivesUpAfterThreeDays() {
        server.stop();
        announce();

        assertThat(server.send()).isZero();
        assertThat(server.send()).isZero();
        assertThat(states())
                .filteredOn(mail -> mail.person().equals("chris"))
                .extracting(SentMail::state, SentMail::tries, SentMail::trouble)
                .containsExactly(tuple("WAITING", 1, "MailSendException"));

        clock.advance(Duration.ofMinutes(2));
        server.send();
        clock.advance(Duration.ofMinutes(3));
        server.send();
        assertThat(states())
                .filteredOn(mail -> mail.person().equals("chris"))
                .extracting(SentMail::tries)
                .containsExactly(2);

        clock.advance(Duration.ofDays(3));
        server.send();
        assertThat(states()).extracting(SentMail::state).containsOnly("FAILED");
    }

    @Test
    void anotherNodeDoesNotSendWhatThisOneHasTaken() {
        announce();
        assertThat(server.take()).isEqualTo(4);

        assertThat(server.send()).isZero();
        clock.advance(Duration.ofMinutes(10));
        assertThat(server.send()).isEqualTo(3);
    }

    @Test
    void writesNothingDownWithoutAMailServer() {
        server.close();

        announce();

        assertThat(mails.isConfigured()).isFalse();
        assertThat(states()).isEmpty();
        assertThat(driver.meetings.find(number).announcedAt()).isNotNull();
    }
}
