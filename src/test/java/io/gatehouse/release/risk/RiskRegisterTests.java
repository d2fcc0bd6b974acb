package io.gatehouse.release.risk;

import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.release.GoNoGoDecisions;
import io.gatehouse.release.ReadinessItem;
import io.gatehouse.release.ReadinessNote;
import io.gatehouse.release.ReleaseFixture;
import io.gatehouse.release.Releases;
import io.gatehouse.release.document.Markdown;
import io.gatehouse.release.document.NotesDraft;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is in the register of a release, who may write there, and what that makes of its readiness. */
@ProcessTest
@OnH2
class RiskRegisterTests {

    private static final SignedIn SASHA = SignedIn.SASHA;

    @Autowired
    RiskRegister register;

    @Autowired
    Releases releases;

    @Autowired
    GoNoGoDecisions decisions;

    @Autowired
    NotesDraft draft;

    @Autowired
    IdentityService identities;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcTemplate jdbc;

    private String release;

    @BeforeEach
    void begin() {
        ChangeFixture.catalog(jdbc);
        BoardFixture.people(identities);
        BoardFixture.person(identities, "rolf", "release-manager", "requester");
        clock.enterUntouchedTime();
        release = ROLF.does(
                () -> releases.plan(ReleaseFixture.content(clock.instant())).number());
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void keepsEachAssessmentAndSaysWhereItIsGoing() {
        String risk = risk("The client is late", 2, 3, null);
        assertThat(register.find(release, risk).trend()).as("judged once").isNull();

        assess(OSKAR, risk, 4, 3);
        assertThat(register.find(release, risk).trend()).isEqualTo(RiskEntry.Trend.RISING);
        assess(OSKAR, risk, 3, 4);
        assertThat(register.find(release, risk).trend()).isEqualTo(RiskEntry.Trend.STEADY);
        assess(ROLF, risk, 1, 4);

        RiskEntry entry = register.find(release, risk);
        assertThat(entry.trend()).isEqualTo(RiskEntry.Trend.FALLING);
        assertThat(entry.assessments())
                .extracting(RiskAssessment::rating, RiskAssessment::by)
                .containsExactly(tuple(6, "rita"), tuple(12, "oskar"), tuple(12, "oskar"), tuple(4, "rolf"));
    }

    @Test
    void showsWhatIsOpenFirstAndOfThatTheGreatest() {
        String small = risk("Small", 1, 1, null);
        String closed = risk("Closed", 5, 5, null);
        String issue = issue("Happened", 4, false);
        OSKAR.runs(() -> register.close(release, closed, "It is over"));

        assertThat(register.of(release)).extracting(RiskEntry::number).containsExactly(issue, small, closed);
        assertThat(register.of(release).get(2).closing())
                .satisfies(closing -> assertThat(closing.by()).isEqualTo("oskar"));
    }

    @Test
    void namesWhatBlocksTheReleaseWhoseItIsAndSinceWhen() {
        Instant raised = clock.instant();
        String issue = issue("The image does not boot", 5, true);
        assertThat(missing("no-blocker")).singleElement().satisfies(item -> {
            assertThat(item.about()).isEqualTo(issue);
            assertThat(item.sentence()).isEqualTo("\"The image does not boot\" blocks it");
            assertThat(item.owner()).isEqualTo("oskar");
            assertThat(item.since()).isEqualTo(raised);
        });

        OSKAR.runs(() -> register.close(release, issue, "It boots"));

        assertThat(missing("no-blocker")).isEmpty();
    }

    @Test
    void blocksFromWhenSomebodySaysSo() {
        String issue = issue("The image does not boot", 5, false);
        assertThat(missing("no-blocker")).isEmpty();
        clock.advance(Duration.ofHours(2));
        Instant blocks = clock.instant();
        rewrite(issue, content("The image does not boot", null, null, true));
        clock.advance(Duration.ofHours(2));
        rewrite(issue, content("The new image does not boot", null, null, true));

        assertThat(missing("no-blocker")).extracting(ReadinessItem::since).containsExactly(blocks);
    }

    @Test
    void isInTheReleaseNotesIfSomebodyFindsItFitForThem() {
        issue("The rack of vendor X burns", 5, false);
        String known = issue("Resizes | <b>twice</b>", 2, false);
        String closed = issue("Boots slowly", 2, false);
        String risk = risk("The client is late", 2, 2, null);
        RiskContent fit = new RiskContent("Resizes | <b>twice</b>", "By Ada", "oskar", null, null, false, true);
        rewrite(known, fit);
        rewrite(closed, new RiskContent("Boots slowly", null, "oskar", null, null, false, true));
        OSKAR.runs(() -> register.close(release, closed, "It boots"));

        String notes = draft.of(releases.find(release));

        assertThat(notes).endsWith("## Known issues\n\n- Resizes \\| &lt;b&gt;twice&lt;\\/b&gt;\n");
        assertThat(Markdown.html(notes)).contains("<li>Resizes | &lt;b&gt;twice&lt;/b&gt;</li>");
        assertThat(register.find(release, known).content()).isEqualTo(fit);
        assertThatThrownBy(() -> rewrite(risk, fit))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(
                                refused.problem().fields())
                        .extracting(InvalidField::field)
                        .containsExactly("knownIssue"));
    }

    @Test
    void wantsSomethingDoneAboutGreatRisks() {
        String risk = risk("The client is late", 2, 5, null);
        assertThat(missing("great-risks-answered")).as("a risk of 10").isEmpty();
        clock.advance(Duration.ofHours(1));
        Instant great = clock.instant();
        assess(OSKAR, risk, 3, 5);
        clock.advance(Duration.ofHours(1));
        assess(OSKAR, risk, 4, 5);

        assertThat(missing("great-risks-answered")).singleElement().satisfies(item -> {
            assertThat(item.sentence()).contains("is a risk of 20");
            assertThat(item.since()).as("from when it was 15").isEqualTo(great);
        });
        rewrite(
                risk,
                content(
                        "The client is late",
                        new RiskContent.Response(RiskContent.Response.Kind.ACCEPT, "The old one will do"),
                        null,
                        false));
        assertThat(missing("great-risks-answered")).isEmpty();
    }

    @Test
    void isLateFromTheDayAfterItWasDue() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        risk("The client is late", 1, 1, today);
        assertThat(missing("register-on-time")).isEmpty();

        clock.advance(Duration.ofDays(1));

        assertThat(missing("register-on-time"))
                .extracting(ReadinessItem::owner, ReadinessItem::since)
                .containsExactly(tuple(
                        "oskar", today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()));
    }

    @Test
    void isWrittenByItsOwnerAndByWhoLeadsReleases() {
        String risk = risk("The client is late", 2, 2, null);

        assertThatThrownBy(() -> RITA.runs(() -> register.close(release, risk, "I raised it")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Only its owner, oskar");
        assertThatThrownBy(() -> assess(SASHA, risk, 1, 1)).hasMessageContaining("Only its owner");
        assertThat(register.find(release, risk).isOpen()).isTrue();
        ROLF.runs(() -> register.close(release, risk, "It came"));
        assertThatThrownBy(() -> assess(OSKAR, risk, 1, 1)).hasMessageContaining("is closed");
    }

    @Test
    void isReadBeforeItIsWrittenAnew() {
        String risk = risk("The client is late", 2, 2, null);
        assess(OSKAR, risk, 3, 3);

        assertThatThrownBy(() -> OSKAR.runs(() -> register.rewrite(
                        release, risk, content("Late", null, null, false), Precondition.parse("\"1\"", null))))
                .hasMessageContaining("has changed since it was read");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> ROLF.runs(
                        () -> register.raise(release, RiskEntry.Kind.RISK, content("Blocks", null, null, true), 2, 2)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().toString()).contains("only what has happened"));
        assertThatThrownBy(() -> ROLF.runs(() -> register.raise(
                        release, RiskEntry.Kind.RISK, content("How likely?", null, null, false), null, 2)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().toString()).contains("must be given of a risk"));
        assertThatThrownBy(() -> register.find(release, "RISK-999999999")).hasMessageContaining("has no entry");
        String other = ROLF.does(
                () -> releases.plan(ReleaseFixture.content(clock.instant())).number());
        String risk = risk("The client is late", 2, 2, null);
        assertThatThrownBy(() -> register.find(other, risk))
                .as("that of another release")
                .hasMessageContaining("has no entry");
    }

    @Test
    void staysAsItIsOnceTheReleaseIsOver() {
        String risk = risk("The client is late", 2, 2, null);
        ROLF.runs(() -> releases.retirePlanned(release, "Merged"));

        assertThatThrownBy(() -> assess(OSKAR, risk, 1, 1)).hasMessageContaining("its register stays as it is");
    }

    @Test
    void remembersHowTheScoreMoved() {
        Instant planned = decisions.readinessNotesOf(release).get(0).at();
        assertThat(scores()).hasSize(1);
        int before = scores().get(0);
        clock.advance(Duration.ofHours(1));
        String issue = issue("The image does not boot", 5, true);
        issue("The page is slow", 2, false);
        clock.advance(Duration.ofHours(1));
        OSKAR.runs(() -> register.close(release, issue, "It boots"));

        assertThat(scores())
                .as("newest first, and only what had changed")
                .hasSize(3)
                .startsWith(before)
                .endsWith(before);
        assertThat(scores().get(1)).isLessThan(before);
        assertThat(decisions.readinessNotesOf(release).get(1).missing())
                .extracting(
                        ReadinessNote.Missing::criterion,
                        ReadinessNote.Missing::about,
                        ReadinessNote.Missing::owner,
                        ReadinessNote.Missing::since)
                .contains(
                        tuple("rollout-plan", null, "nova", planned),
                        tuple("no-blocker", issue, "oskar", planned.plus(Duration.ofHours(1))));
        assertThat(missing("rollout-plan"))
                .as("missing since it was planned, though much was written since")
                .extracting(ReadinessItem::since)
                .containsExactly(planned);
    }

    private List<Integer> scores() {
        return decisions.readinessNotesOf(release).stream()
                .map(ReadinessNote::score)
                .toList();
    }

    private List<ReadinessItem> missing(String criterion) {
        return decisions.readinessOf(release).missing().stream()
                .filter(item -> item.criterion().equals(criterion))
                .toList();
    }

    private String risk(String title, int likelihood, int consequence, @Nullable LocalDate dueOn) {
        return RITA.does(() -> register.raise(
                        release, RiskEntry.Kind.RISK, content(title, null, dueOn, false), likelihood, consequence)
                .number());
    }

    private String issue(String title, int consequence, boolean blocker) {
        return RITA.does(() -> register.raise(
                        release, RiskEntry.Kind.ISSUE, content(title, null, null, blocker), null, consequence)
                .number());
    }

    private static RiskContent content(
            String title, RiskContent.@Nullable Response response, @Nullable LocalDate dueOn, boolean blocker) {
        return new RiskContent(title, null, "oskar", response, dueOn, blocker, false);
    }

    private void assess(SignedIn who, String risk, int likelihood, int consequence) {
        who.runs(() -> register.assess(release, risk, likelihood, consequence, null));
    }

    private void rewrite(String risk, RiskContent content) {
        OSKAR.runs(() -> register.rewrite(release, risk, content, Precondition.parse("*", null)));
    }
}
