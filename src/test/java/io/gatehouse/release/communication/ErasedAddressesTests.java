package io.gatehouse.release.communication;

import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.api.Precondition;
import io.gatehouse.audit.verify.Reconciliation;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.mail.MailServer;
import io.gatehouse.mail.OutboxMail;
import io.gatehouse.mail.OutboxMail.State;
import io.gatehouse.malformed.DatabaseDump;
import io.gatehouse.people.PersonDescription;
import io.gatehouse.people.Register;
import io.gatehouse.people.RegisteredPerson;
import io.gatehouse.release.Moment;
import io.gatehouse.release.ReleaseFixture;
import io.gatehouse.release.Releases;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Somebody's address, planted wherever releases and the outbox keep addresses: once they are erased it is nowhere. */
@ProcessTest
@OnH2
class ErasedAddressesTests {

    /** Tables of the modules that keep addresses, by how their names begin. */
    private static final Pattern TABLES = Pattern.compile("(software_)?release(_.*)?|go_.*|communication_.*|mail_.*");

    /** Columns with room for an address in which Gatehouse itself writes one; the erasure empties them of it. */
    private static final Set<String> ERASED = Set.of("release_communication_audience.name", "mail_outbox.recipient");

    @Autowired
    private ApplicationContext context;

    @Autowired
    private Register register;

    @Autowired
    private Releases releases;

    @Autowired
    private CommunicationPlans plans;

    @Autowired
    private CommunicationTemplates templates;

    @Autowired
    private IdentityService identities;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private DataSource database;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final SignedIn admin = new SignedIn("admin-" + unique, "admin");
    private final String nora = "u-" + unique;
    private final String address = "Nora.Berg-" + unique + "@example.org";
    private final String template = "erased-" + unique;

    private MailServer server;
    private String number = "";

    @BeforeEach
    void nora() {
        ChangeFixture.catalog(jdbc);
        BoardFixture.person(identities, "rolf", "release-manager", "requester");
        BoardFixture.person(identities, admin.id(), "admin");
        clock.enterUntouchedTime();
        server = MailServer.of(context);
        ROLF.runs(
                () -> templates.put(template, "{{release.number}}", "{{release.name}}", Precondition.parse(null, "*")));
        admin.runs(() -> register.add(nora, nora(address)));
        number = planned();
    }

    @AfterEach
    void present() {
        server.close();
        clock.reset();
    }

    private static PersonDescription nora(String address) {
        return new PersonDescription("Nora Berg", address, Set.of("requester"), Set.of());
    }

    private String planned() {
        return ROLF.does(
                () -> releases.plan(ReleaseFixture.content(clock.instant())).number());
    }

    private void plan(String release, CommunicationEntry... entries) {
        ROLF.runs(() -> plans.put(release, List.of(entries), Precondition.parse(null, "*")));
    }

    private CommunicationEntry entry(Moment moment, String... addresses) {
        return new CommunicationEntry(
                moment,
                null,
                template,
                List.of(addresses).stream()
                        .map(one -> new Audience(Audience.Kind.ADDRESS, one))
                        .toList());
    }

    private RegisteredPerson erase() {
        return admin.does(() -> register.erase(nora));
    }

    private void isNowhere() throws SQLException {
        String searched = address.toLowerCase(Locale.ROOT);
        assertThat(DatabaseDump.of(database)).allSatisfy((table, rows) -> assertThat(
                        rows.toLowerCase(Locale.ROOT).contains(searched))
                .as(table)
                .isFalse());
    }

    @Test
    void areNowhere() throws SQLException {
        String lowered = address.toLowerCase(Locale.ROOT);
        String over = planned();
        plan(over, entry(Moment.RETIRED, lowered));
        ROLF.runs(() -> releases.retire(over, "Nobody needs it"));
        assertThat(server.send()).isEqualTo(1);
        plan(number, entry(Moment.STARTED, address, "all@example.org"), entry(Moment.CLOSED, address));
        ROLF.runs(() -> releases.start(number));
        assertThat(DatabaseDump.of(database).get("mail_outbox")).contains(address, lowered);

        String name = erase().name();

        isNowhere();
        assertThat(mails(over)).singleElement().satisfies(mail -> {
            assertThat(mail.recipient().name()).isEqualTo(name);
            assertThat(mail.state()).as("that it was sent stays on record").isEqualTo(State.SENT);
        });
        assertThat(mails(number))
                .filteredOn(mail -> mail.recipient().name().equals(name))
                .singleElement()
                .satisfies(mail -> {
                    assertThat(mail.state()).isEqualTo(State.FAILED);
                    assertThat(mail.trouble()).isEqualTo("the person was erased");
                });
        assertThat(server.send()).as("everybody else is told").isEqualTo(1);
        assertThat(plans.of(number).entries())
                .extracting(
                        entry -> entry.audience().stream().map(Audience::name).toList())
                .containsExactly(List.of("all@example.org"), List.of());
        assertThat(plans.of(number).version())
                .as("whoever edits it now reads it again")
                .isEqualTo(2);
        isAsTheTrailSays();
    }

    private List<OutboxMail> mails(String release) {
        return plans.communications(release).told().get(0).mails();
    }

    private void isAsTheTrailSays() throws SQLException {
        try (Connection connection = database.getConnection()) {
            assertThat(new Reconciliation(connection).records(List.of("communication-" + number.substring(4))))
                    .isEmpty();
        }
        assertThat(jdbc.queryForObject(
                        "select payload from audit_entry where action = 'release.AddressErased' and object = ?",
                        String.class,
                        "communication-" + number.substring(4)))
                .contains("\"person\":\"person-")
                .doesNotContainIgnoringCase(address);
    }

    @Test
    void areNotTakenFromOthersWhoHaveTheSame() {
        String other = "o-" + unique;
        admin.runs(() -> register.add(other, nora(address.toLowerCase(Locale.ROOT))));
        plan(number, entry(Moment.STARTED, address));

        erase();

        assertThat(plans.of(number).version()).isEqualTo(1);
        admin.runs(() -> register.erase(other));
        assertThat(plans.of(number).entries().get(0).audience()).isEmpty();
    }

    /** What people write as text is for people to judge; the guide says where, and has each place. */
    @Test
    void areInNoOtherPlaceThatTheGuideDoesNotName() throws SQLException, IOException {
        Set<String> roomy = new TreeSet<>();
        try (Connection connection = database.getConnection();
                var columns = connection
                        .getMetaData()
                        .getColumns(connection.getCatalog(), connection.getSchema(), "%", "%")) {
            while (columns.next()) {
                String table = columns.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                boolean text =
                        columns.getString("TYPE_NAME").toUpperCase(Locale.ROOT).matches(".*(CHAR|TEXT).*");
                if (TABLES.matcher(table).matches() && text && columns.getLong("COLUMN_SIZE") > 64) {
                    roomy.add(table + "." + columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
                }
            }
        }
        Set<String> named = new TreeSet<>(ERASED);
        String guide = Files.readString(Path.of("docs/audit.md"));
        Pattern.compile("`([a-z_]+\\.[a-z0-9_]+)`")
                .matcher(guide.substring(guide.indexOf("## Erasing a person"), guide.indexOf("## What is compared")))
                .results()
                .map(found -> found.group(1))
                .forEach(named::add);

        assertThat(named)
                .as("what docs/audit.md says of an erased person, and the erasure itself")
                .isEqualTo(roomy);
    }
}
