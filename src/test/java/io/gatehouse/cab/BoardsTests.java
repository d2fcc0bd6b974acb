package io.gatehouse.cab;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.verify.Reconciliation;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@ProcessTest
@OnH2
class BoardsTests {

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private DataSource database;

    @Autowired
    private IdentityService identities;

    @Autowired
    private AuditTrail trail;

    private final String key = "board-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void people() {
        ChangeFixture.catalog(jdbc);
        BoardFixture.people(identities);
    }

    private MvcTestResult put(SignedIn person, String address, String header, String value, String body) {
        return mvc.put()
                .uri(address)
                .with(person.signsIn())
                .header(header, value)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult create(SignedIn person, String body) {
        return put(person, "/api/v1/boards/" + key, "If-None-Match", "*", body);
    }

    private List<String> differences() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return new Reconciliation(connection)
                    .records(List.of("board-" + key)).stream()
                            .map(found -> found.kind().name())
                            .toList();
        }
    }

    @Test
    void everyTableOfABoardIsHeldAgainstTheTrail() throws SQLException {
        assertThat(create(SignedIn.MONA, BoardFixture.BODY)).hasStatus(201);
        assertThat(put(
                        SignedIn.MONA,
                        "/api/v1/boards/" + key + "/absences/chris",
                        "If-Match",
                        "\"1\"",
                        "{\"absences\": [{\"from\": \"2999-01-01T00:00:00Z\", \"until\": \"2999-01-02T00:00:00Z\"}]}"))
                .hasStatus(200);
        assertThat(differences()).isEmpty();

        for (String edit : List.of(
                "update board set minimum_votes = 1 where board_key = ?",
                "update board set voting_hours = 1 where board_key = ?",
                "update board_member set veto = false where veto = true and board_key = ?",
                "update board_delegate set person = 'rita' where board_key = ?",
                "delete from board_absence where board_key = ?",
                "delete from board_filter where board_key = ?")) {
            jdbc.update(edit, key);
            assertThat(differences()).as(edit).containsExactly("ALTERED");
        }
    }

    @Test
    void theTrailSaysWhoIsAwayAndWhoStandsInAndWhen() {
        create(
                SignedIn.MONA,
                BoardFixture.BODY.replace(
                        "\"person\": \"carla\"", "\"person\": \"carla\", \"from\": \"2998-01-01T00:00:00Z\""));
        put(
                SignedIn.OSKAR,
                "/api/v1/boards/" + key + "/absences/oskar",
                "If-Match",
                "\"1\"",
                "{\"absences\": [{\"from\": \"2999-01-01T00:00:00Z\", \"until\": \"2999-01-02T00:00:00Z\"}]}");

        String told = jdbc.queryForObject(
                        "select payload from audit_entry where object = ? and action = 'cab.BoardChanged'",
                        String.class,
                        "board-" + key)
                .replaceAll("\\s", "");

        assertThat(told)
                .contains("\"absences\":[{\"from\":\"2999-01-01T00:00:00Z\",\"person\":\"" + trail.person("oskar")
                        + "\",\"until\":\"2999-01-02T00:00:00Z\"}]");
        assertThat(told)
                .contains("\"delegates\":[{\"from\":\"2998-01-01T00:00:00Z\",\"person\":\"" + trail.person("carla")
                        + "\",\"seat\":\"chair\"}]");
    }

    @Test
    void onlyWhoManagesChangesWritesBoards() {
        assertThat(create(SignedIn.CARLA, BoardFixture.BODY)).hasStatus(403);
        assertThat(create(SignedIn.RITA, BoardFixture.BODY)).hasStatus(403);
        assertThat(create(SignedIn.CHRIS, BoardFixture.BODY)).hasStatus(201);
    }

    @Test
    void membersSayWhenTheyAreAwayThemselves() {
        create(SignedIn.MONA, BoardFixture.BODY);
        String absent = "{\"absences\": [{\"from\": \"2999-01-01T00:00:00Z\", \"until\": \"2999-01-02T00:00:00Z\"}]}";

        assertThat(put(SignedIn.OSKAR, "/api/v1/boards/" + key + "/absences/chris", "If-Match", "\"1\"", absent))
                .hasStatus(403);
        assertThat(put(SignedIn.RITA, "/api/v1/boards/" + key + "/absences/rita", "If-Match", "\"1\"", absent))
                .hasStatus(403);
        assertThat(put(SignedIn.MONA, "/api/v1/boards/" + key + "/absences/rita", "If-Match", "\"1\"", absent))
                .hasStatus(404);
        assertThat(put(SignedIn.OSKAR, "/api/v1/boards/" + key + "/absences/oskar", "If-Match", "\"1\"", absent))
                .hasStatus(200);
        assertThat(put(SignedIn.OSKAR, "/api/v1/boards/" + key + "/absences/oskar", "If-Match", "\"1\"", absent))
                .hasStatus(412);
    }

    @Test
    void absencesStayWhenABoardIsChangedButForThoseOfWhoLeaves() {
        create(SignedIn.MONA, BoardFixture.BODY);
        String absent = "{\"absences\": [{\"from\": \"2999-01-01T00:00:00Z\", \"until\": \"2999-01-02T00:00:00Z\"}]}";
        put(SignedIn.OSKAR, "/api/v1/boards/" + key + "/absences/oskar", "If-Match", "\"1\"", absent);
        put(SignedIn.CHRIS, "/api/v1/boards/" + key + "/absences/chris", "If-Match", "\"2\"", absent);

        assertThat(
                        put(
                                SignedIn.MONA,
                                "/api/v1/boards/" + key,
                                "If-Match",
                                "\"3\"",
                                """
                        {"name": "Smaller", "active": true, "minimumVotes": 1, "members":
                          [{"seat": "chair", "person": "chris", "chair": true, "veto": false, "required": true}]}"""))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.absences[*].person")
                .asArray()
                .containsExactly("chris");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "minimumVotes": 2           | "minimumVotes": 9                 | minimumVotes
                    "person": "oskar"           | "person": "chris"                 | members[1].person
                    "person": "oskar"           | "person": "nobody-here"           | members[1].person
                    "seat": "operations", "p    | "seat": "chair", "p               | members[1].seat
                    "chair": true               | "chair": false                    | members
                    "person": "carla"           | "person": "oskar"                 | delegates[0].person
                    "seat": "chair", "person": "carla" | "seat": "no", "person": "carla" | delegates[0].seat
                    BYDAY=WE                    | BYDAY=WE;COUNT=2                  | meetings.recurrence
                    FREQ=WEEKLY;BYDAY=WE        | FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 | meetings.recurrence
                    Europe/Berlin               | Mars/Olympus                      | meetings.timeZone
                    2998-01-03T14:00            | tomorrow                          | meetings.first
                    "AUTHORIZE"                 | "AUTHORISE"                       | agenda
                    "minimumVotes": 2           | "minimumVotes": 2, "votingHours": 0 | votingHours
                    "production": true          | "environments": ["nowhere"]       | agenda
                    """)
    void refusesWhatMakesNoSenseAsABoard(String said, String instead, String field) {
        String body = BoardFixture.BODY.replace(said, instead);
        assertThat(body).isNotEqualTo(BoardFixture.BODY);

        assertThat(create(SignedIn.MONA, body))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.fields[*].field")
                .asArray()
                .contains(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    oskar | board-auditor   | members[1].person   | must be somebody who may vote: board-auditor has the role auditor, which never may
                    oskar | board-admin     | members[1].person   | must be somebody who may vote: board-admin has the role admin, which never may
                    oskar | board-requester | members[1].person   | must be somebody who may vote: board-requester has none of the roles technical-approver, cab-member, cab-chair, change-manager, release-manager, product-owner, qa-lead, ops-lead, security-officer
                    chris | board-ops-lead  | members[0].person   | must be somebody who may open a meeting: board-ops-lead has none of the roles cab-member, cab-chair, change-manager
                    carla | board-ops-lead  | delegates[0].person | must be somebody who may open a meeting: board-ops-lead has none of the roles cab-member, cab-chair, change-manager
                    carla | board-auditor   | delegates[0].person | must be somebody who may vote: board-auditor has the role auditor, which never may
                    """)
    void refusesWhoCouldNeverDoTheirPart(String who, String instead, String field, String sentence) {
        BoardFixture.person(identities, "board-auditor", "auditor", "ops-lead");
        BoardFixture.person(identities, "board-admin", "admin");
        BoardFixture.person(identities, "board-requester", "requester", "nova");
        BoardFixture.person(identities, "board-ops-lead", "ops-lead");
        String body = BoardFixture.BODY.replace("\"person\": \"" + who + "\"", "\"person\": \"" + instead + "\"");

        MvcTestResult answer = create(SignedIn.MONA, body);

        assertThat(answer).hasStatus(400);
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.fields[?(@.field == '" + field + "')].message")
                .asArray()
                .contains(sentence);
    }

    @Test
    void takesWhoCanDoTheirPartAndWhoseRolesAreNotKnown() {
        BoardFixture.person(identities, "board-chair", "cab-chair", "requester");
        BoardFixture.person(identities, "board-ops-lead", "ops-lead");
        BoardFixture.person(identities, "board-of-a-team", "qa-lead", "nova");
        String body = BoardFixture.BODY
                .replace("\"person\": \"chris\"", "\"person\": \"board-chair\"")
                .replace("\"person\": \"oskar\"", "\"person\": \"board-ops-lead\"")
                .replace(
                        "{\"seat\": \"chair\", \"person\": \"carla\"}",
                        "{\"seat\": \"chair\", \"person\": \"carla\"},"
                                + " {\"seat\": \"operations\", \"person\": \"board-of-a-team\"}");

        assertThat(create(SignedIn.MONA, body)).hasStatus(201);
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        String body = BoardFixture.BODY
                .replace("BYDAY=WE", "BYDAY=WE;COUNT=2")
                .replace("Europe/Berlin", "Mars/Olympus")
                .replace("\"minimumVotes\": 2", "\"minimumVotes\": 9");

        assertThat(create(SignedIn.MONA, body))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.fields[*].field")
                .asArray()
                .containsExactly("minimumVotes", "meetings.recurrence", "meetings.timeZone");
    }
}
