package io.gatehouse.release;

import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.Person;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.verify.Reconciliation;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.release.train.Schedule;
import io.gatehouse.release.train.TrainContent;
import io.gatehouse.release.train.Trains;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** Releases that go with a train. */
@ProcessTest
@OnH2
class ReleasesOfTrainsTests {

    @Autowired
    private Trains trains;

    @Autowired
    private Releases releases;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private DataSource database;

    @Autowired
    private IdentityService identities;

    @Autowired
    private TestClock clock;

    private final String key = "train-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void organisation() {
        ChangeFixture.catalog(jdbc);
        BoardFixture.person(identities, "rolf", "release-manager", "requester");
        clock.enterUntouchedTime();
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    private List<String> differences(String object) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return new Reconciliation(connection)
                    .records(List.of(object)).stream()
                            .map(found -> found.kind().name())
                            .toList();
        }
    }

    /** Ready on the very day on which its train releases. */
    @Test
    void goWithATrain() throws SQLException {
        ReleaseContent content = ReleaseFixture.content(clock.instant());
        train(content.readyOn());

        Release planned = ROLF.does(() -> releases.plan(on(key, content)));

        assertThat(releases.find(planned.number()).content().train()).isEqualTo(key);
        assertThat(releases.list(new ReleaseFilter(null, null, null, key), new PageQuery(null, 5))
                        .items())
                .extracting(Release::number)
                .containsExactly(planned.number());
        assertThat(mvc.get().uri("/api/v1/releases?train=" + key).with(RITA.signsIn()))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.items[*].train")
                .asArray()
                .containsExactly(key);
        assertThat(differences(planned.number())).isEmpty();
        jdbc.update("update software_release set train_key = null where train_key = ?", key);
        assertThat(differences(planned.number())).containsExactly("ALTERED");
    }

    @Test
    void goWithNoTrainThatIsNotThere() {
        assertThat(refusedOf(on("no-such-train", ReleaseFixture.content(clock.instant()))))
                .containsExactly("train");
        assertThat(refusedOf(on("NO SUCH TRAIN", ReleaseFixture.content(clock.instant()))))
                .containsExactly("train");
    }

    @Test
    void areReadyWhenTheirTrainReleases() {
        ReleaseContent content = ReleaseFixture.content(clock.instant());
        train(content.readyOn().minusDays(1));

        assertThat(refusedOf(on(key, content))).containsExactly("readyOn");
    }

    /** A train that is told to release earlier leaves behind what is not ready then. */
    @Test
    void areLookedAtAgainWhenTheirPackageIsConfirmed() {
        ReleaseContent content = ReleaseFixture.content(clock.instant());
        train(content.readyOn());
        String number = ROLF.does(
                () -> releases.start(releases.plan(on(key, content)).number()).number());
        ROLF.runs(() -> trains.put(key, contentOf(content.readyOn().minusDays(1)), Precondition.parse("*", null)));

        assertThat(refusedOf(() -> releases.confirm(number, new Person("rolf", Set.of()))))
                .containsExactly("readyOn");
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.PREPARING);
    }

    /** No database holds all days that a client could write. */
    @Test
    void areReadyOnADayThatThereIs() {
        ReleaseContent content = ReleaseFixture.content(clock.instant());

        assertThat(refusedOf(ready(LocalDate.of(-1, 1, 1), content))).containsExactly("readyOn");
        assertThat(refusedOf(ready(LocalDate.MIN, content))).containsExactly("readyOn");
    }

    private void train(LocalDate releasesOn) {
        ROLF.runs(() -> trains.put(key, contentOf(releasesOn), Precondition.parse(null, "*")));
    }

    private static TrainContent contentOf(LocalDate releasesOn) {
        return new TrainContent("A train", null, new Schedule(releasesOn.minusWeeks(4), releasesOn, List.of()));
    }

    private List<String> refusedOf(ReleaseContent content) {
        return refusedOf(() -> releases.plan(content));
    }

    private static List<String> refusedOf(Runnable action) {
        List<String> fields = new ArrayList<>();
        assertThatThrownBy(() -> ROLF.runs(action))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> e.problem().fields().forEach(wrong -> fields.add(wrong.field())));
        return fields;
    }

    private static ReleaseContent on(String train, ReleaseContent content) {
        return with(train, content.readyOn(), content);
    }

    private static ReleaseContent ready(LocalDate day, ReleaseContent content) {
        return with(null, day, content);
    }

    private static ReleaseContent with(@Nullable String train, LocalDate readyOn, ReleaseContent content) {
        return new ReleaseContent(
                content.name(),
                content.description(),
                content.manager(),
                train,
                readyOn,
                content.environment(),
                content.window(),
                content.plans(),
                content.questionnaire(),
                content.items(),
                content.seats(),
                content.stages(),
                content.template());
    }
}
