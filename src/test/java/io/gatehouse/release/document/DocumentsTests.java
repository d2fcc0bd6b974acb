package io.gatehouse.release.document;

import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.api.Precondition;
import io.gatehouse.audit.Fingerprint;
import io.gatehouse.audit.verify.Reconciliation;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.catalog.Deployments;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.engine.Tasks;
import io.gatehouse.release.GoNoGoDecisions;
import io.gatehouse.release.ReadinessItem;
import io.gatehouse.release.ReleaseFixture;
import io.gatehouse.release.ReleaseModel;
import io.gatehouse.release.Releases;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;

@ProcessTest
@OnH2
class DocumentsTests {

    private static final String TICKETS =
            """
            {"tickets": [
              {"service": "nova", "kind": "TICKET", "key": "NOVA-1", "title": "Resize | <b>twice</b>",
               "url": "https://tickets.example/1?a=1&amp;b"},
              {"service": "nova", "kind": "COMMIT", "key": "4f1c0de", "title": "Resize at last"}]}""";

    @Autowired
    private Releases releases;

    @Autowired
    private GoNoGoDecisions decisions;

    @Autowired
    private Documents documents;

    @Autowired
    private Deployments deployments;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TransactionTemplate transactions;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private IdentityService identities;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private DataSource database;

    private String number = "";

    @BeforeEach
    void release() {
        ChangeFixture.catalog(jdbc);
        BoardFixture.person(identities, "rolf", "release-manager", "requester");
        clock.enterUntouchedTime();
        number = ROLF.does(
                () -> releases.plan(ReleaseFixture.content(clock.instant())).number());
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    private MvcTestResult put(SignedIn person, String what, String header, String value, String body) {
        return mvc.put()
                .uri("/api/v1/releases/" + number + what)
                .with(person.signsIn())
                .header(header, value)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult post(SignedIn person, String what, String body) {
        return mvc.post()
                .uri("/api/v1/releases/" + number + what)
                .with(person.signsIn())
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult get(String what, String accept) {
        return mvc.get()
                .uri("/api/v1/releases/" + number + what)
                .with(RITA.signsIn())
                .header("Accept", accept)
                .exchange();
    }

    private static String bodyOf(MvcTestResult answer) {
        return new String(answer.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void keepsEveryVersionAsItWasWritten() {
        assertThat(put(ROLF, "/documents/RUNBOOK", "If-None-Match", "*", "{\"text\": \"Step 1: grün\"}"))
                .hasStatus(201);
        assertThat(put(ROLF, "/documents/RUNBOOK", "If-None-Match", "*", "{\"text\": \"Mine\"}"))
                .hasStatus(412);
        assertThat(put(ROLF, "/documents/RUNBOOK", "If-Match", "\"1\"", "{\"text\": \"Step 2\"}"))
                .hasStatusOk();
        assertThat(put(ROLF, "/documents/RUNBOOK", "If-Match", "\"1\"", "{\"text\": \"Late\"}"))
                .hasStatus(412);

        assertThat(bodyOf(get("/documents/RUNBOOK", "text/markdown"))).isEqualTo("Step 2");
        assertThat(bodyOf(get("/documents/RUNBOOK/versions/1", "text/markdown")))
                .isEqualTo("Step 1: grün");
        assertThat(get("/documents/RUNBOOK/versions/1", "application/json"))
                .hasStatusOk()
                .bodyJson()
                .hasPathSatisfying("sha256", it -> it.assertThat().isEqualTo(Fingerprint.ofText("Step 1: grün")))
                .hasPathSatisfying("writtenBy", it -> it.assertThat().isEqualTo("rolf"));
        assertThat(get("/documents/RUNBOOK/versions?limit=1", "*/*"))
                .bodyJson()
                .hasPathSatisfying("items[0].version", it -> it.assertThat().isEqualTo(2))
                .hasPathSatisfying("next", it -> it.assertThat().isNotNull());
        assertThat(get("/documents", "*/*"))
                .bodyJson()
                .hasPathSatisfying("[0].version", it -> it.assertThat().isEqualTo(2))
                .doesNotHavePath("[0].text");
    }

    @Test
    void saysWhatThereIsNot() {
        assertThat(get("/documents/RUNBOOK", "text/html"))
                .hasStatus(404)
                .bodyText()
                .contains("document-not-found");
        assertThat(get("/documents/RUNBOOK", "text/markdown")).hasStatus(404);
        assertThat(get("/documents/RUNBOOK/versions/3", "*/*")).hasStatus(404);
        assertThat(get("/documents/DIARY", "*/*")).hasStatus(400).bodyText().contains("RUNBOOK");
        assertThat(get("/release-notes", "*/*")).hasStatus(404).bodyText().contains("notes-not-published");
        assertThat(get("/tickets", "*/*")).hasStatus(404);
    }

    @Test
    void isWrittenByReleaseManagersOnly() {
        assertThat(put(RITA, "/documents/RUNBOOK", "If-None-Match", "*", "{\"text\": \"Mine\"}"))
                .hasStatus(403);
        assertThat(put(RITA, "/tickets", "If-None-Match", "*", TICKETS)).hasStatus(403);
        assertThat(post(RITA, "/release-notes/drafts", "")).hasStatus(403);
    }

    @Test
    void isAPageOnWhichNothingOfItsAuthorsRuns() {
        put(
                ROLF,
                "/documents/VERIFICATION_CHECKLIST",
                "If-None-Match",
                "*",
                "{\"text\": \"- [ ] It answers\\n\\n<script>alert(1)</script>\"}");

        MvcTestResult page = get("/documents/VERIFICATION_CHECKLIST", "text/html,application/xhtml+xml,*/*;q=0.8");

        assertThat(page)
                .hasStatusOk()
                .hasContentTypeCompatibleWith("text/html")
                .hasHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
                                + " frame-ancestors 'none'");
        assertThat(bodyOf(page))
                .contains("Verification checklist", number, "by rolf", "type=\"checkbox\"", "@media print")
                .contains(Fingerprint.ofText("- [ ] It answers\n\n<script>alert(1)</script>"))
                .contains("&lt;script&gt;")
                .doesNotContain("<script");
    }

    @Test
    void refusesWhatNobodyCouldShow() {
        String wide = "|".repeat(2000) + "\\n".repeat(2000);
        assertThat(put(ROLF, "/documents/RUNBOOK", "If-None-Match", "*", "{\"text\": \"" + wide + "\"}"))
                .hasStatus(400)
                .bodyText()
                .contains("cells");
    }

    @Test
    void isSeenByTheSeatsAndStaysSo() {
        assertThat(missing()).contains("runbook", "verification-checklist");
        put(ROLF, "/documents/RUNBOOK", "If-None-Match", "*", "{\"text\": \"Step 1\"}");
        put(ROLF, "/documents/VERIFICATION_CHECKLIST", "If-None-Match", "*", "{\"text\": \"Look\"}");
        assertThat(missing()).doesNotContain("runbook", "verification-checklist");

        ROLF.runs(() -> releases.start(number));
        ROLF.runs(() -> tasks.submit(number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM")));

        assertThat(decisions.of(number).get(0).readiness().text())
                .contains("ready: runbook, it is written, version 1 with SHA-256 " + Fingerprint.ofText("Step 1"));
        assertThat(put(ROLF, "/documents/RUNBOOK", "If-Match", "*", "{\"text\": \"Step 2\"}"))
                .hasStatus(409)
                .bodyText()
                .contains("is DECIDING; its RUNBOOK stays as it is");
        assertThat(put(ROLF, "/tickets", "If-None-Match", "*", TICKETS)).hasStatus(409);
        assertThat(put(ROLF, "/documents/RELEASE_NOTES", "If-None-Match", "*", "{\"text\": \"News\"}"))
                .as("notes are written to the end")
                .hasStatus(201);
    }

    private List<String> missing() {
        return decisions.readinessOf(number).items().stream()
                .filter(item -> !item.met())
                .map(ReadinessItem::criterion)
                .toList();
    }

    @Test
    void draftsNotesOfWhatIsKnown() {
        transactions.executeWithoutResult(
                status -> deployments.record("nova", "production", "30.1.0", null, null, clock.instant()));
        assertThat(put(ROLF, "/tickets", "If-None-Match", "*", TICKETS)).hasStatusOk();

        assertThat(post(ROLF, "/release-notes/drafts", "")).hasStatus(201);

        String notes = documents.newest(number, DocumentKind.RELEASE_NOTES).text();
        assertThat(notes)
                .contains("| nova | 30\\.1\\.0 | 31\\.0\\.0 | sha256\\:0123456789abcdef |")
                .contains("- nova: [NOVA\\-1](<https://tickets.example/1?a=1&amp;amp;b>) Resize \\| &lt;b&gt;twice")
                .contains("## Commits\n\n- nova: 4f1c0de Resize at last")
                .contains("No change has carried it yet.", "## Known issues");
        assertThat(Markdown.objection(notes)).isEmpty();
        assertThat(Markdown.html(notes))
                .contains("<td>30.1.0</td>", "href=\"https://tickets.example/1?a=1&amp;amp;b\"", "&lt;b&gt;twice");
    }

    @Test
    void publishesAVersionThatStaysAsItIs() {
        post(ROLF, "/release-notes/drafts", "");
        assertThat(put(ROLF, "/documents/RELEASE_NOTES", "If-Match", "\"1\"", "{\"text\": \"# Ours\"}"))
                .hasStatusOk();
        assertThat(post(RITA, "/release-notes/publications", "{\"version\": 2}"))
                .hasStatus(403);
        assertThat(post(ROLF, "/release-notes/publications", "{\"version\": 7}"))
                .hasStatus(404);
        assertThat(post(ROLF, "/release-notes/publications", "{\"version\": 2}"))
                .hasStatusOk();

        assertThat(put(ROLF, "/documents/RELEASE_NOTES", "If-Match", "\"2\"", "{\"text\": \"# Later\"}"))
                .hasStatusOk();

        assertThat(bodyOf(get("/release-notes", "text/markdown"))).isEqualTo("# Ours");
        assertThat(bodyOf(get("/release-notes", "text/html"))).contains("<h1>Ours</h1>", "Published", "by rolf");
        assertThat(post(ROLF, "/release-notes/publications", "{\"version\": 1}"))
                .as("older than what is published")
                .hasStatus(409);
        assertThat(post(ROLF, "/release-notes/publications", "{\"version\": 3}"))
                .hasStatusOk();
        assertThat(bodyOf(get("/release-notes", "text/markdown"))).isEqualTo("# Later");
    }

    @Test
    void takesTicketsOfItsPackageOnly() {
        assertThat(put(ROLF, "/tickets", "If-None-Match", "*", TICKETS.replace("nova\"", "glance\"")))
                .hasStatus(400)
                .bodyText()
                .contains("of services in the package, not of 'glance'");
        assertThat(put(ROLF, "/tickets", "If-None-Match", "*", TICKETS.replace("https://", "javascript:")))
                .hasStatus(400);
        assertThat(put(
                        ROLF,
                        "/tickets",
                        "If-None-Match",
                        "*",
                        TICKETS.replace("COMMIT", "TICKET").replace("4f1c0de", " NOVA-1 ")))
                .hasStatus(400)
                .bodyText()
                .contains("each once");
        assertThat(put(ROLF, "/tickets", "If-None-Match", "*", TICKETS)).hasStatusOk();
        assertThat(put(ROLF, "/tickets", "If-Match", "\"1\"", "{\"tickets\": []}"))
                .hasStatusOk()
                .hasHeader("ETag", "\"2\"");
    }

    /** Of a release that has left a service out since, nothing is said about that. */
    @Test
    void leavesTicketsOutOfWhatIsNoLongerInThePackage() {
        put(ROLF, "/tickets", "If-None-Match", "*", TICKETS);
        ROLF.runs(() -> releases.rewrite(
                number,
                ReleaseFixture.content(clock.instant(), List.of(new Artifact("keystone", "2", null))),
                Precondition.parse("*", null)));

        post(ROLF, "/release-notes/drafts", "");

        assertThat(documents.newest(number, DocumentKind.RELEASE_NOTES).text())
                .doesNotContain("NOVA")
                .contains("None is listed.");
    }

    @Test
    void isAsTheTrailSays() throws SQLException {
        put(ROLF, "/tickets", "If-None-Match", "*", TICKETS);
        post(ROLF, "/release-notes/drafts", "");
        post(ROLF, "/release-notes/publications", "{\"version\": 1}");
        try (Connection connection = database.getConnection()) {
            assertThat(new Reconciliation(connection).all())
                    .filteredOn(found -> found.object().matches("(document|tickets)-.*"))
                    .isEmpty();
        }
        jdbc.update("update release_document set text = 'Other' where release_number = ?", number.substring(4));
        try (Connection connection = database.getConnection()) {
            assertThat(new Reconciliation(connection).all())
                    .filteredOn(found -> found.object().startsWith("document-"))
                    .isNotEmpty();
        } finally {
            jdbc.update("delete from release_document where release_number = ?", number.substring(4));
        }
    }
}
