package io.gatehouse.cab;

import static io.gatehouse.testing.SignedIn.CHRIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.gatehouse.access.People;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends to a real SMTP server in this process, and to one that is not there. */
@OnH2
class MailRoundTests extends MeetingTest {

    @Autowired
    private MailRows rows;

    @Autowired
    private MailText text;

    @Autowired
    private MeetingRows meetingRows;

    @Autowired
    private People people;

    @Autowired
    private IdentityService identities;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private MeetingMails unconfigured;

    private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();

    private MailRound round;
    private MeetingMails mails;
    private String number = "";

    @BeforeEach
    void server() {
        server.start();
        sender.setHost("127.0.0.1");
        sender.setPort(server.getSmtp().getPort());
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("sender", sender);
        var provider = beans.getBeanProvider(JavaMailSender.class);
        round = new MailRound(rows, text, people, provider, transaction, clock, "gatehouse@example.org");
        mails = new MeetingMails(driver.meetings, meetingRows, rows, driver.boards, provider);
        number = driver.planned();
        address("chris", "chris@example.org");
        address("sasha", "sasha@example.org");
        address("oskar", "oskar@example.org");
        address("carla", "");
    }

    @AfterEach
    void stop() {
        server.stop();
        driver.jdbc.update("delete from cab_mail");
    }

    private void address(String person, String address) {
        User user = identities.createUserQuery().userId(person).singleResult();
        user.setEmail(address);
        InsideTheEngine.run(identities, () -> identities.saveUser(user));
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

        assertThat(round.send(sender)).isEqualTo(3);
        assertThat(round.send(sender)).isZero();

        List<String> to = new ArrayList<>();
        for (MimeMessage message : server.getReceivedMessages()) {
            to.add(message.getAllRecipients()[0].toString());
            assertThat(message.getSubject()).isEqualTo("Agenda of " + number + ", Board <b>of</b> the test");
            assertThat(message.getHeader("Message-ID")[0]).startsWith("<cab-mail-");
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
        transaction.executeWithoutResult(status -> mails.mailMinutes(number));

        assertThat(round.send(sender)).isEqualTo(3);

        assertThat(server.getReceivedMessages()[0].getContent().toString().replace("\r\n", "\n"))
                .isEqualToIgnoringNewLines(context.getBean(Minutes.class).textOf(number));
    }

    @Test
    void triesAgainWithGrowingPausesAndGivesUpAfterThreeDays() {
        server.stop();
        announce();

        assertThat(round.send(sender)).isZero();
        assertThat(round.send(sender)).isZero();
        assertThat(states())
                .filteredOn(mail -> mail.person().equals("chris"))
                .extracting(SentMail::state, SentMail::tries, SentMail::trouble)
                .containsExactly(tuple("WAITING", 1, "MailSendException"));

        clock.advance(Duration.ofMinutes(2));
        round.send(sender);
        clock.advance(Duration.ofMinutes(3));
        round.send(sender);
        assertThat(states())
                .filteredOn(mail -> mail.person().equals("chris"))
                .extracting(SentMail::tries)
                .containsExactly(2);

        clock.advance(Duration.ofDays(3));
        round.send(sender);
        assertThat(states()).extracting(SentMail::state).containsOnly("FAILED");
    }

    @Test
    void anotherNodeDoesNotSendWhatThisOneHasTaken() {
        announce();
        List<MailRows.Due> taken =
                transaction.execute(status -> rows.take(clock.instant(), Duration.ofMinutes(10), 20));
        assertThat(taken).hasSize(4);

        assertThat(round.send(sender)).isZero();
        clock.advance(Duration.ofMinutes(10));
        assertThat(round.send(sender)).isEqualTo(3);
    }

    @Test
    void writesNothingDownWithoutAMailServer() {
        transaction.executeWithoutResult(status -> unconfigured.announce(number));

        assertThat(unconfigured.isConfigured()).isFalse();
        assertThat(states()).isEmpty();
        assertThat(driver.meetings.find(number).announcedAt()).isNotNull();
    }
}
