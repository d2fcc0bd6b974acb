package io.gatehouse.release;

import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.verify.Reconciliation;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.malformed.Operations;
import io.gatehouse.release.train.Schedule;
import io.gatehouse.release.train.TrainContent;
import io.gatehouse.release.train.Trains;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** A release is of the series of its train, else of one that it names. */
@ProcessTest
@OnH2
class ReleaseSeriesTests {

    @Autowired
    private Trains trains;

    @Autowired
    private Releases releases;

    @Autowired
    private ReleaseSeries series;

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

    private final String key = "series-" + UUID.randomUUID().toString().substring(0, 8);

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

    @Test
    void isThatOfItsTrain() {
        train(key + "-a", Precondition.parse(null, "*"));
        Release planned = plan(key, null);

        assertThat(series.of(planned)).contains(key + "-a");
        assertThat(numbersOf(key + "-a")).containsExactly(planned.number());

        train(key + "-b", Precondition.parse("*", null));
        assertThat(series.of(planned)).as("follows its train").contains(key + "-b");
        assertThat(numbersOf(key + "-a")).isEmpty();
        assertThat(numbersOf(key + "-b")).containsExactly(planned.number());
    }

    @Test
    void isItsOwnWhereItsTrainSaysNone() throws SQLException {
        train(null, Precondition.parse(null, "*"));
        Release onTrain = plan(key, key + "-own");
        Release alone = plan(null, key + "-own");
        Release none = plan(null, null);

        assertThat(series.of(List.of(onTrain, alone, none)))
                .hasSize(2)
                .containsEntry(onTrain.number(), key + "-own")
                .containsEntry(alone.number(), key + "-own");
        assertThat(numbersOf(key + "-own")).containsExactly(alone.number(), onTrain.number());
        assertThat(differences(alone.number())).isEmpty();
        jdbc.update("update software_release set series = 'another' where number = ?", alone.stored());
        assertThat(differences(alone.number())).containsExactly("ALTERED");
    }

    @Test
    void needNotBeSaidOfOneOnATrain() {
        train(key, Precondition.parse(null, "*"));

        Release planned = plan(key, key);

        assertThat(releases.find(planned.number()).content().series())
                .as("its train says it")
                .isNull();
        assertThatThrownBy(() -> plan(key, "another"))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(
                                refused.problem().fields())
                        .singleElement()
                        .satisfies(wrong -> {
                            assertThat(wrong.field()).isEqualTo("series");
                            assertThat(wrong.message()).startsWith("must be " + key);
                        }));
    }

    @Test
    void isTakenBackAsItWasRead() {
        train(key, Precondition.parse(null, "*"));
        ReleaseContent content = ReleaseFixture.onTrain(ReleaseFixture.content(clock.instant()), key);
        String number = ROLF.does(() -> releases.plan(content)).number();
        ReleaseContent before = releases.find(number).content();

        ROLF.runs(() -> releases.rewrite(number, withSeries(before, key), Precondition.parse("*", null)));

        assertThat(releases.find(number).content()).isEqualTo(before);
    }

    @Test
    void isWrittenAsAKey() throws IOException {
        ObjectNode body = (ObjectNode) new ObjectMapper().readTree(new Operations().bodyOf("POST /api/v1/releases"));
        for (String wrong : List.of("", "Not a key", "x".repeat(64), "-a")) {
            assertThat(mvc.post()
                            .uri("/api/v1/releases")
                            .with(ROLF.signsIn())
                            .contentType(MediaType.APPLICATION_JSON)
                            .content(body.put("series", wrong).toString()))
                    .hasStatus(400)
                    .bodyJson()
                    .extractingPath("$.fields[*].field")
                    .asArray()
                    .containsExactly("series");
        }
        assertThat(numbersOf("not there")).isEmpty();
    }

    private List<String> numbersOf(String wanted) {
        try {
            return new ObjectMapper()
                    .readTree(mvc.get()
                            .uri("/api/v1/releases?series={series}", wanted)
                            .with(RITA.signsIn())
                            .exchange()
                            .getResponse()
                            .getContentAsString())
                    .findValuesAsText("number");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void train(@Nullable String of, Precondition precondition) {
        LocalDate releasesOn = ReleaseFixture.content(clock.instant()).readyOn();
        ROLF.runs(() -> trains.put(
                key,
                new TrainContent("A train", of, null, new Schedule(releasesOn.minusWeeks(4), releasesOn, List.of())),
                precondition));
    }

    private Release plan(@Nullable String train, @Nullable String named) {
        ReleaseContent content = ReleaseFixture.onTrain(ReleaseFixture.content(clock.instant()), train);
        return ROLF.does(() -> releases.plan(withSeries(content, named)));
    }

    private static ReleaseContent withSeries(ReleaseContent content, @Nullable String named) {
        return new ReleaseContent(
                content.name(),
                content.description(),
                content.manager(),
                content.train(),
                named,
                content.readyOn(),
                content.environment(),
                content.window(),
                content.plans(),
                content.questionnaire(),
                content.items(),
                content.seats(),
                content.stages(),
                content.template(),
                content.changeTemplate(),
                content.rolloutPlan());
    }

    private List<String> differences(String object) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return new Reconciliation(connection)
                    .records(List.of(object)).stream()
                            .map(found -> found.kind().name())
                            .toList();
        }
    }
}
