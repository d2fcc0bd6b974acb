package io.gatehouse.change.process;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.access.Person;
import io.gatehouse.calendar.Freezes;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.Link;
import io.gatehouse.change.Plans;
import io.gatehouse.change.Window;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What an approver needs to decide is on the form, each thing under its own name. */
@ProcessTest
@OnH2
class ApproveChangeFormTests {

    @Autowired
    private ChangeProcess process;

    @Autowired
    private Freezes freezes;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TaskService taskService;

    @Autowired
    private FormService forms;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void showsWhatIsPlannedAndWhatIsInTheWay() throws IOException {
        Instant noon = clock.instant().plus(Duration.ofHours(12));
        Window window = new Window(noon, noon.plus(Duration.ofHours(2)));
        String overlapping = submitted(THEO, content("nova", "production", halfAnHourAfter(window)));
        submitted(THEO, content("keystone", "production", window));
        submitted(THEO, content("nova", "staging", window));
        submitted(
                THEO,
                content(
                        "nova",
                        "production",
                        new Window(window.endsAt(), window.endsAt().plusSeconds(60))));
        freeze("Summit", window, "nova");
        freeze("Sale", window, "keystone");
        String number = submitted(RITA, content("nova", "production", window));
        THEO.runs(() -> tasks.submit(
                number, "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "looked at it")));

        Map<String, Object> shown = shownTo("change-manager", number);

        String day = day(noon);
        assertThat(shown)
                .containsEntry("number", number)
                .containsEntry("seat", "change-manager")
                .containsEntry("title", "Upgrade nova")
                .containsEntry("description", "For the sake of the test")
                .containsEntry("services", "nova 2\\.0\\.0")
                .containsEntry("environment", "production")
                .containsEntry("requester", "rita")
                .containsEntry("window", day + " 12:00 UTC to " + day + " 14:00 UTC")
                .containsEntry("risk", "MODERATE")
                .containsEntry(
                        "conflicts",
                        overlapping + " (ASSESS) also changes nova, " + day + " 12:30 UTC to " + day
                                + " 14:30 UTC: Upgrade nova")
                .containsEntry("links", "Ticket: https://tickets.example/1\nScan: https://scans.example/2")
                .containsEntry("implementationPlan", "unpack, switch")
                .containsEntry("testPlan", "ask for the version")
                .containsEntry("backoutPlan", "switch back")
                .containsEntry("communicationPlan", "tell the users");
        assertThat(shown.get("riskReasons"))
                .asString()
                .contains("MODERATE: a tier 2 service in production is changed\n")
                .endsWith("LOW: baseline of every change");
        assertThat(shown.get("freezes"))
                .asString()
                .contains("Summit", "everybody travels")
                .doesNotContain("Sale");
        assertThat(shown).containsKeys(readOnlyFields());
    }

    @Test
    void saysThatThereIsNothingWhereNothingIs() {
        Window window = ChangeFixture.windowIn(clock.instant(), Duration.ofHours(1));
        ChangeContent full = ChangeFixture.content("nova", "production", window);
        String number = submitted(
                RITA,
                new ChangeContent(
                        full.title(),
                        null,
                        full.services(),
                        full.environment(),
                        full.window(),
                        Plans.NONE,
                        full.questionnaire(),
                        List.of(),
                        List.of()));

        Map<String, Object> shown = shownTo("technical-approver", number);

        assertThat(shown).containsEntry("services", "nova");
        for (String field : List.of(
                "description",
                "conflicts",
                "freezes",
                "links",
                "implementationPlan",
                "testPlan",
                "backoutPlan",
                "communicationPlan")) {
            assertThat(shown).containsEntry(field, "none");
        }
    }

    private static ChangeContent content(String service, String environment, Window window) {
        ChangeContent content = ChangeFixture.content(service, environment, window);
        return new ChangeContent(
                content.title(),
                content.description(),
                content.services(),
                content.environment(),
                content.window(),
                content.plans(),
                content.questionnaire(),
                List.of(content.links().get(0), new Link("Scan", "https://scans.example/2")),
                content.artifacts());
    }

    private static Window halfAnHourAfter(Window window) {
        Duration half = Duration.ofMinutes(30);
        return new Window(window.startsAt().plus(half), window.endsAt().plus(half));
    }

    private void freeze(String name, Window window, String service) {
        MONA.runs(() -> freezes.declare(name, "everybody travels", window.startsAt(), window.endsAt(), service, null));
    }

    private String submitted(SignedIn who, ChangeContent content) {
        Person person = new Person(who.id(), Set.of(who.groups()));
        return who.does(() ->
                process.submit(person, process.raise(person, content).number()).number());
    }

    private Map<String, Object> shownTo(String role, String number) {
        String task = taskService
                .createTaskQuery()
                .processInstanceBusinessKey(number)
                .taskCandidateGroup(role)
                .singleResult()
                .getId();
        return forms.getTaskFormVariables(task);
    }

    private static String day(Instant moment) {
        return DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC)
                .format(moment);
    }

    private static String[] readOnlyFields() throws IOException {
        JsonNode form = new ObjectMapper()
                .readTree(Path.of("forms/change/ApproveChange.form").toFile());
        List<String> keys = new ArrayList<>();
        form.get("components").forEach(part -> {
            if (part.path("disabled").asBoolean()) {
                keys.add(part.get("key").asText());
            }
        });
        assertThat(keys).hasSizeGreaterThan(8);
        return keys.toArray(String[]::new);
    }
}
