package io.gatehouse.release.communication;

import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.SASHA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.icegreen.greenmail.util.GreenMailUtil;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.engine.Tasks;
import io.gatehouse.mail.Letter;
import io.gatehouse.mail.MailServer;
import io.gatehouse.mail.OutboxMail;
import io.gatehouse.mail.OutboxMail.State;
import io.gatehouse.mail.Recipient;
import io.gatehouse.release.GoNoGoDecisions;
import io.gatehouse.release.Moment;
import io.gatehouse.release.ReadinessItem;
import io.gatehouse.release.ReleaseContent;
import io.gatehouse.release.ReleaseFixture;
import io.gatehouse.release.ReleaseModel;
import io.gatehouse.release.Releases;
import io.gatehouse.release.StageDriver;
import io.gatehouse.release.document.DocumentKind;
import io.gatehouse.release.document.Documents;
import io.gatehouse.rollout.http.ToolDouble;
import io.gatehouse.rollout.webhook.ChatRoom;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;

/** Told by a real SMTP server in this process. */
@ProcessTest
@OnH2
class CommunicationTests {

    private static final SignedIn QUINN = new SignedIn("quinn", "qa-lead");

    @Autowired
    private ApplicationContext context;

    @Autowired
    private Releases releases;

    @Autowired
    private CommunicationPlans plans;

    @Autowired
    private CommunicationTemplates templates;

    @Autowired
    private Documents documents;

    @Autowired
    private GoNoGoDecisions decisions;

    @Autowired
    private Tasks tasks;

    @Autowired
    private IdentityService identities;

    @Autowired
    private TransactionTemplate transactions;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    /** Of this test alone. */
    private final String unique = UUID.randomUUID().toString().substring(0, 8);

    private final String template = "told-" + unique;
    private final String team = "team-" + unique;

    private MailServer server;
    private ChatRoom room;
    private String number = "";

    @BeforeEach
    void release() {
        ChangeFixture.catalog(jdbc);
        BoardFixture.person(identities, "rolf", "release-manager", "requester");
        BoardFixture.person(identities, "anna-" + unique, team);
        BoardFixture.person(identities, "bert-" + unique, team);
        clock.enterUntouchedTime();
        server = MailServer.of(context);
        room = new ChatRoom("room-" + unique, clock);
        room.openTo(context);
        server.address("anna-" + unique, "anna@example.org");
        server.address("bert-" + unique, "bert@example.org");
        ROLF.runs(() -> templates.put(
                template,
                "{{release.number}} {{moment}}",
                "{{release.name}} {{stage}}: {{decision.outcome}} {{release.returnedBecause}}",
                Precondition.parse(null, "*")));
        number = ROLF.does(
                () -> releases.plan(ReleaseFixture.content(clock.instant())).number());
    }

    @AfterEach
    void present() {
        server.close();
        room.closeTo(context);
        clock.reset();
    }

    private CommunicationEntry entry(Moment moment, @Nullable String stage, Audience... audience) {
        return new CommunicationEntry(moment, stage, template, List.of(audience));
    }

    private Audience team() {
        return new Audience(Audience.Kind.TEAM, team);
    }

    private static Audience address(String address) {
        return new Audience(Audience.Kind.ADDRESS, address);
    }

    private Audience room() {
        return new Audience(Audience.Kind.CHANNEL, "room-" + unique);
    }

    private void plan(CommunicationEntry... entries) {
        ROLF.runs(() -> plans.put(number, List.of(entries), Precondition.parse(null, "*")));
    }

    private void start() {
        ROLF.runs(() -> releases.start(number));
    }

    private Communications.Sending only() {
        List<Communications.Sending> told = plans.communications(number).told();
        assertThat(told).hasSize(1);
        return told.get(0);
    }

    @Test
    void tellsEverybodyOfATeamAndEachAddressOnce() throws Exception {
        plan(
                entry(Moment.STARTED, null, team(), address("all@example.org")),
                entry(Moment.CLOSED, null, address("all@example.org")));
        assertThat(plans.communications(number).coming()).hasSize(2);
        assertThat(server.send()).as("nothing has happened yet").isZero();

        start();

        assertThat(only().count(State.WAITING))
                .as("to the team and to the address")
                .isEqualTo(2);
        assertThat(server.send()).isEqualTo(3);
        assertThat(server.send()).isZero();
        assertThat(server.received())
                .extracting(message -> message.getAllRecipients()[0].toString())
                .containsExactlyInAnyOrder("anna@example.org", "bert@example.org", "all@example.org");
        assertThat(server.received().get(0).getSubject()).isEqualTo(number + " started");
        assertThat(GreenMailUtil.getBody(server.received().get(0)).strip()).isEqualTo("Gazpacho none: none none");
        assertThat(only().recipients()).isEqualTo(3);
        assertThat(only().count(State.SENT)).isEqualTo(3);
        assertThat(only().toSomebody()).extracting(OutboxMail::sentAt).containsOnly(clock.instant());
        assertThat(plans.communications(number).coming())
                .extracting(CommunicationEntry::moment)
                .containsExactly(Moment.CLOSED);
    }

    @Test
    void tellsOfWhatTheSeatsSaidAndThatItIsTakenBack() throws Exception {
        plan(
                entry(Moment.PACKAGE_CONFIRMED, null, address("a@example.org")),
                entry(Moment.DECISION_TAKEN, null, address("b@example.org")),
                entry(Moment.TAKEN_BACK, null, address("c@example.org")));
        start();
        confirm();
        vote(QUINN, "GO");
        vote(SASHA, "NO_GO");

        assertThat(server.send()).isEqualTo(3);
        assertThat(server.received())
                .extracting(message -> message.getAllRecipients()[0] + ": " + message.getSubject())
                .containsExactly(
                        "a@example.org: " + number + " package confirmed",
                        "b@example.org: " + number + " decision taken",
                        "c@example.org: " + number + " taken back");
        assertThat(GreenMailUtil.getBody(server.received().get(1))).contains("Gazpacho none: NO_GO none");
        assertThat(GreenMailUtil.getBody(server.received().get(2))).contains("NO_GO No-go: ");

        confirm();
        assertThat(server.send()).as("it is told again when it happens again").isEqualTo(1);
    }

    private void confirm() {
        ROLF.runs(() -> tasks.submit(number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM")));
    }

    private void vote(SignedIn who, String vote) {
        who.runs(() -> tasks.submit(number, ReleaseModel.VOTE, null, Map.of("vote", vote, "reason", "as I see it")));
    }

    @Test
    void tellsOfTheStageThatWasPassed() {
        jdbc.update(
                """
                insert into environment (environment_key, name, kind, stage_order, production, version)
                values (?, 'Told of', 'TEST', 2, false, 1)""",
                "env-" + unique);
        ReleaseContent content = ReleaseFixture.content(clock.instant());
        number = ROLF.does(() -> releases.plan(ReleaseFixture.with(
                        content,
                        content.items(),
                        List.of(ReleaseFixture.stage(clock.instant(), "uat", "env-" + unique))))
                .number());
        plan(entry(Moment.STAGE_PASSED, "uat", address("uat@example.org")));
        start();
        confirm();
        StageDriver driver = new StageDriver(context);
        driver.deploy(number);
        assertThat(plans.communications(number).told()).isEmpty();

        driver.signOff(StageDriver.QUINN, number, "PASS");

        assertThat(only().announcement().stage()).isEqualTo("uat");
        assertThat(only().announcement().text()).startsWith("Gazpacho uat");
        assertThat(server.send()).isEqualTo(1);
        ROLF.runs(() -> documents.draftNotes(number));
        assertThat(documents.newest(number, DocumentKind.RELEASE_NOTES).text())
                .containsPattern("- uat\\\\: CHG\\\\-\\d+\\\\, SUCCESSFUL\n");
    }

    @Test
    void tellsOfStagesThatThereAre() {
        assertThatThrownBy(() -> plan(entry(Moment.STAGE_PASSED, "uat", address("uat@example.org"))))
                .isInstanceOf(ProblemException.class);
    }

    /** What is told is told with what happened, or not at all. */
    @Test
    void tellsNothingOfWhatWasTakenBackInItsTransaction() {
        plan(entry(Moment.STARTED, null, address("all@example.org")));

        transactions.executeWithoutResult(status -> {
            start();
            status.setRollbackOnly();
        });

        assertThat(server.send()).isZero();
        assertThat(plans.communications(number).told()).isEmpty();
    }

    @Test
    void saysWhatTheServerSaidAndTriesAgain() {
        plan(entry(Moment.STARTED, null, team(), address("all@example.org")));
        server.address("bert-" + unique, "");
        start();
        server.stop();

        assertThat(server.send()).isZero();
        assertThat(only().toSomebody())
                .extracting(mail -> mail.recipient().name(), OutboxMail::state, OutboxMail::trouble)
                .containsExactlyInAnyOrder(
                        tuple("all@example.org", State.WAITING, "MailSendException"),
                        tuple("anna-" + unique, State.WAITING, "MailSendException"),
                        tuple("bert-" + unique, State.FAILED, "bert-" + unique + " has no address"));

        clock.advance(Duration.ofDays(4));
        server.send();
        assertThat(only().count(State.FAILED)).isEqualTo(3);
    }

    @Test
    void saysThatNobodyIsInATeam() {
        plan(entry(Moment.STARTED, null, new Audience(Audience.Kind.TEAM, "nobody-" + unique)));
        start();

        assertThat(server.send()).isZero();
        assertThat(only().toSomebody())
                .extracting(OutboxMail::state, OutboxMail::trouble)
                .containsExactly(tuple(State.FAILED, "nobody is in nobody-" + unique));
    }

    /** A node that dies after it has taken mails has them sent by another, and by only one. */
    @Test
    void isSentOnceWhenAnotherNodeHasTakenIt() {
        plan(entry(Moment.STARTED, null, team()));
        start();

        assertThat(server.take()).isEqualTo(1);
        assertThat(server.send()).isZero();
        clock.advance(Duration.ofMinutes(10));
        assertThat(server.send()).isEqualTo(2);
        assertThat(server.send()).isZero();
    }

    @Test
    void keepsWhatItToldWhateverBecomesOfPlanAndTemplate() {
        plan(entry(Moment.STARTED, null, address("all@example.org")));
        start();
        ROLF.runs(() -> templates.put(template, "Other", "Other", Precondition.parse("\"1\"", null)));
        ROLF.runs(() -> plans.put(number, List.of(), Precondition.parse("\"1\"", null)));

        assertThat(only().announcement().subject()).isEqualTo(number + " started");
        assertThat(only().announcement().templateVersion()).isEqualTo(1);
        assertThat(server.send()).isEqualTo(1);
    }

    @Test
    void saysSoWhereThereIsNoMailServer() {
        server.close();
        plan(entry(Moment.STARTED, null, address("all@example.org")));

        start();

        assertThat(only().announcement().mailed()).isFalse();
        assertThat(only().mails()).isEmpty();
    }

    @Test
    void tellsAChannelBesidesMail() {
        plan(entry(Moment.STARTED, null, address("all@example.org"), room()));
        start();

        assertThat(server.send()).isEqualTo(2);
        assertThat(server.send()).isZero();

        assertThat(server.received()).hasSize(1);
        assertThat(room.refused).isEmpty();
        assertThat(room.shown().values()).singleElement().satisfies(post -> {
            assertThat(post.get("subject").asText()).isEqualTo(number + " started");
            assertThat(post.get("text").asText()).isEqualTo(number + " started\n\nGazpacho none: none none");
        });
        assertThat(only().recipients()).isEqualTo(2);
        assertThat(only().count(State.SENT)).isEqualTo(2);
        assertThat(room.asked)
                .as("nothing of it was posted before it had happened")
                .hasSize(1);
    }

    @Test
    void tellsAChannelWithoutAMailServer() {
        server.close();
        plan(entry(Moment.STARTED, null, address("all@example.org"), room()));

        start();

        assertThat(server.sendWithoutMail()).isEqualTo(1);
        assertThat(room.shown()).hasSize(1);
        assertThat(only().announcement().mailed()).isFalse();
        assertThat(only().toSomebody())
                .extracting(mail -> mail.recipient().kind(), OutboxMail::state)
                .containsExactly(tuple(Recipient.Kind.CHANNEL, State.SENT));
    }

    @Test
    void postsToAChannelAgainUntilItIsTakenByTheSameId() {
        plan(entry(Moment.STARTED, null, room()));
        start();
        room.trouble.add(ToolDouble.Told.of(503, ""));

        assertThat(server.send()).isZero();
        assertThat(only().toSomebody())
                .extracting(OutboxMail::state, OutboxMail::tries, OutboxMail::trouble)
                .containsExactly(tuple(State.WAITING, 1, "HTTP 503"));
        assertThat(server.send()).as("not at once").isZero();
        clock.advance(Duration.ofMinutes(2));
        assertThat(server.send()).isEqualTo(1);

        assertThat(room.asked)
                .extracting(request -> request.headers().get("webhook-id"))
                .hasSize(2)
                .containsOnly(room.shown().keySet().iterator().next());
        assertThat(only().toSomebody())
                .extracting(OutboxMail::state, OutboxMail::tries)
                .containsExactly(tuple(State.SENT, 2));
    }

    @Test
    void postsToAChannelNoLongerThanItIsPatient() {
        plan(entry(Moment.STARTED, null, room()));
        start();
        room.trouble.add(ToolDouble.Told.of(404, ""));
        clock.advance(Duration.ofDays(4));

        server.send();

        assertThat(only().toSomebody())
                .extracting(OutboxMail::state, OutboxMail::trouble)
                .containsExactly(tuple(State.FAILED, "HTTP 404"));
    }

    /** A node that dies before or after it has posted has it posted by another, and the room knows it by its id. */
    @Test
    void isShownInAChannelOnceWhenAnotherNodeHasTakenIt() throws Exception {
        plan(entry(Moment.STARTED, null, room()));
        start();

        assertThat(server.take()).isEqualTo(1);
        Announcement made = only().announcement();
        Long id = jdbc.queryForObject("select id from mail_outbox where about = ?", Long.class, made.id());
        room.channel().post("mail-" + id, new Letter(made.subject(), made.text()));
        assertThat(server.send()).isZero();
        clock.advance(Duration.ofMinutes(10));
        assertThat(server.send()).isEqualTo(1);

        assertThat(room.asked).hasSize(2);
        assertThat(room.shown()).hasSize(1);
    }

    @Test
    void tellsChannelsThatThereAre() {
        assertThatThrownBy(() -> plan(entry(Moment.STARTED, null, new Audience(Audience.Kind.CHANNEL, "nowhere"))))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(
                                refused.problem().fields())
                        .extracting(InvalidField::message)
                        .containsExactly("must name channels that there are, [room-" + unique + "], not 'nowhere'"));
        plan(entry(Moment.STARTED, null, room()));
        room.closeTo(context);
        start();

        assertThat(server.send()).isZero();
        assertThat(only().toSomebody())
                .extracting(OutboxMail::state, OutboxMail::trouble)
                .containsExactly(tuple(State.WAITING, "there is no channel room-" + unique + " any more"));
    }

    @Test
    void isPartOfTheReadiness() {
        ROLF.runs(() -> releases.retire(number, "for the sake of the test"));
        String other = ROLF.does(
                () -> releases.plan(ReleaseFixture.content(clock.instant())).number());
        number = other;
        plan(entry(Moment.STARTED, null, address("all@example.org")));

        assertThat(decisions.readinessOf(other).items())
                .filteredOn(item -> item.criterion().equals("communication-plan"))
                .extracting(ReadinessItem::sentence)
                .containsExactly("it says 1 times who hears what");
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        MvcTestResult answer = put(
                "/releases/" + number + "/communication-plan",
                """
                {"entries": [{"moment": "STARTED", "stage": "uat", "template": "unknown", "audience": [
                   {"kind": "ROLE", "name": "wizard"}, {"kind": "ADDRESS", "name": "a@b.example, c@d.example"},
                   {"kind": "ADDRESS", "name": "All@example.org"}, {"kind": "ADDRESS", "name": "all@example.org"}]}]}""");

        assertThat(answer)
                .hasStatus(400)
                .bodyText()
                .contains(
                        "entries[0].template",
                        "entries[0].stage",
                        "must name roles, not 'wizard'",
                        "must name mail addresses",
                        "must name each once");
        assertThat(put(
                        "/communication-templates/other-" + unique,
                        "{\"subject\": \"{{release.secret}}\", \"text\": \"{{release.number\"}"))
                .hasStatus(400)
                .bodyText()
                .contains("must not ask for {{release.secret}}; known are", "must close each {{");
        assertThat(put(
                        "/communication-templates/other-" + unique,
                        "{\"subject\": \"a\\r\\nBcc: all@example.org\", \"text\": \"x\"}"))
                .hasStatus(400)
                .bodyText()
                .contains("must be one line");
    }

    private MvcTestResult put(String path, String body) {
        return mvc.put()
                .uri("/api/v1" + path)
                .with(ROLF.signsIn())
                .header("If-None-Match", "*")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    @Test
    void isWrittenByReleaseManagersAndReadByThoseWhoMaySeeAddresses() {
        assertThatThrownBy(() -> OSKAR.runs(() -> plans.put(number, List.of(), Precondition.parse(null, "*"))))
                .isInstanceOf(ProblemException.class);
        plan();
        for (String what : List.of("/communication-plan", "/communications")) {
            var address = mvc.get().uri("/api/v1/releases/" + number + what);
            assertThat(address.with(OSKAR.signsIn())).hasStatusOk();
            assertThat(mvc.get().uri("/api/v1/releases/" + number + what).with(RITA.signsIn()))
                    .hasStatus(403);
        }
    }

    @Test
    void isOverWithItsRelease() {
        ROLF.runs(() -> releases.retire(number, "Nobody needs it"));

        assertThatThrownBy(() -> plan()).hasMessageContaining("there is nothing left to be told");
        assertThat(Objects.requireNonNull(plans.communications(number)).coming())
                .isEmpty();
    }
}
