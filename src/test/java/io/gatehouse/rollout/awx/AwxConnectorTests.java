package io.gatehouse.rollout.awx;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.connector.LooksBeforeItOrders;
import io.gatehouse.rollout.connector.StoppableToolContract;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolDouble;
import io.gatehouse.rollout.http.ToolDouble.Told;
import io.gatehouse.secret.SecretText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Against a double that keeps to the documentation of AWX. */
class AwxConnectorTests implements LooksBeforeItOrders, StoppableToolContract {

    /** So long after a launch that it is no longer on its way. */
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(3));

    private static final Map<String, String> PLANNED = Map.of("version", "2.0", "hosts", "web");

    private final AwxDouble awx = new AwxDouble();
    private final AwxConnector connector = connector(RIGHT);
    private final ConnectorCall call = awx.run(PLANNED);

    @Override
    public AwxDouble tool() {
        return awx;
    }

    @Override
    public ConnectorCall order(String value) {
        return awx.run(Map.of("version", value, "hosts", "web"));
    }

    @Override
    public List<String> taken() {
        return awx.jobs.stream()
                .map(job -> AwxDouble.read(job.path("extra_vars").asText())
                        .path("version")
                        .asText())
                .toList();
    }

    @Override
    public int takenStatus() {
        return 201;
    }

    @Override
    public AwxConnector connector(String token) {
        return connector(token, "hosts", LATER);
    }

    private AwxSettings settings(@Nullable String limitParameter) {
        return new AwxSettings(
                awx.url("/awx"),
                "api/v2",
                RIGHT,
                14,
                "gatehouse_key",
                limitParameter,
                "/#/jobs/playbook/{id}",
                Map.of("version", ".*", "hosts", ".*"),
                Duration.ofMinutes(2),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                null,
                new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), DataSize.ofKilobytes(64)));
    }

    private AwxConnector connector(String token, @Nullable String limitParameter, Clock clock) {
        AwxSettings settings = settings(limitParameter);
        return new AwxConnector("deploy", settings, awx.api("/awx", Credential.bearer(SecretText.given(token))), clock);
    }

    @Override
    public void begin() {
        awx.jobs.get(0).put("status", "running").put("started", "2026-11-29T20:00:00Z");
    }

    @Override
    public void succeed() {
        awx.jobs.get(0).put("status", "successful");
    }

    @Override
    public List<Integer> tooLate() {
        return List.of(405);
    }

    private ConnectorAnswer asked(ConnectorAnswer before) {
        return connector.ask(call, before.reference());
    }

    @Test
    void aLaunchIsAJobThatWaitsAndRunsAndEnds() {
        ConnectorAnswer launched = connector.call(call);
        assertThat(launched).isEqualTo(ConnectorAnswer.accepted("40").at(awx.url("/awx/#/jobs/playbook/40")));
        assertThat(awx.orders())
                .containsExactly(AwxDouble.read(
                        "{\"extra_vars\":{\"version\":\"2.0\",\"gatehouse_key\":\"key-1\"},\"limit\":\"web\"}"));
        assertThat(asked(launched)).isEqualTo(launched);

        awx.jobs.get(0).put("status", "running").put("started", Instant.now().toString());
        assertThat(asked(launched)).isEqualTo(launched);
        assertThat(awx.log).isEmpty();

        awx.jobs.get(0).put("status", "successful");
        ConnectorAnswer done = asked(launched);
        assertThat(done.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(done.link()).isEqualTo(launched.link());
        assertThat(awx.log).hasToString("PLAY [web]\nok: [web1]\n");
        assertThat(awx.refused).isEmpty();
    }

    @Test
    void withoutALimitOfItsOwnEveryParameterIsAVariable() {
        AwxConnector unlimited = connector(RIGHT, null, LATER);
        awx.launch.put("ask_limit_on_launch", false);

        ConnectorAnswer launched = unlimited.call(call);
        assertThat(awx.orders())
                .containsExactly(AwxDouble.read(
                        "{\"extra_vars\":{\"version\":\"2.0\",\"hosts\":\"web\",\"gatehouse_key\":\"key-1\"}}"));
        awx.jobs.get(0).put("status", "successful").put("limit", "the template's own");
        assertThat(unlimited.ask(call, launched.reference()).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({
        "new, ACCEPTED",
        "pending, ACCEPTED",
        "waiting, ACCEPTED",
        "running, ACCEPTED",
        "successful, SUCCEEDED",
        "failed, FAILED",
        "error, FAILED",
        "canceled, FAILED",
        "something_new, ACCEPTED"
    })
    void aStatusIsWhatAwxMeansByIt(String status, Outcome outcome) {
        ConnectorAnswer launched = connector.call(call);
        awx.jobs.get(0).put("status", status).put("started", Instant.now().toString());

        assertThat(asked(launched).outcome()).isEqualTo(outcome);
    }

    @Test
    void whatIsCanceledBeforeItStartedNeverBegan() {
        ConnectorAnswer launched = connector.call(call);
        awx.jobs.get(0).put("status", "canceled");

        assertThat(asked(launched).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void anErrorIsExplained() {
        ConnectorAnswer launched = connector.call(call);
        awx.jobs.get(0).put("status", "error").put("job_explanation", "Job terminated due to timeout");

        assertThat(asked(launched).detail()).isEqualTo("Job 40 ended as error: Job terminated due to timeout");
    }

    /** AWX would ignore it and run the job without. */
    @ParameterizedTest
    @CsvSource({
        "ask_variables_on_launch, false, ignore all of them",
        "ask_limit_on_launch, false, all hosts",
        "inventory_needed_to_start, true, inventory"
    })
    void aTemplateThatDoesNotTakeWhatItIsGivenIsNotLaunched(String field, boolean value, String reason) {
        awx.launch.put(field, value);

        ConnectorAnswer answer = connector.call(call);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.detail()).contains(reason);
        assertThat(connector.check()).isEqualTo(ConnectorCheck.failed(answer.detail()));
        assertThat(awx.jobs).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "passwords_needed_to_start, ssh_password",
        "variables_needed_to_start, region",
        "variables_needed_to_start, hosts"
    })
    void aTemplateThatNeedsMoreIsNotLaunched(String field, String name) {
        awx.launch.withArray("/" + field).add(name);

        ConnectorAnswer answer = connector.call(call);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.detail()).contains(name);
        assertThat(awx.jobs).isEmpty();
    }

    @Test
    void aVariableTheSurveyNeedsMayBeAParameter() {
        awx.launch.withArray("/variables_needed_to_start").add("version");

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void aSlicedTemplateIsNotLaunched() {
        awx.launch.withObject("/defaults").put("job_slice_count", 2);

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(awx.jobs).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void anEmptyLimitWouldBeAllHosts(String limit) {
        assertThat(connector
                        .call(awx.run(Map.of("version", "2.0", "hosts", limit)))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(awx.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "extra_vars, '{}'",
        "extra_vars, '{\"version\":\"1.0\",\"gatehouse_key\":\"key-1\"}'",
        "extra_vars, '{\"version\":\"2.0\"}'",
        "limit, ''",
        "limit, all"
    })
    void aJobThatRanOtherwiseThanOrderedIsNoSuccess(String field, String value) {
        ConnectorAnswer launched = connector.call(call);
        awx.jobs.get(0).put("status", "successful").put(field, value);

        assertThat(asked(launched).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aVariableThatAwxHidesIsTakenForTheOrderedOne() {
        ConnectorAnswer launched = connector.call(call);
        awx.jobs
                .get(0)
                .put("status", "successful")
                .put("extra_vars", "{\"version\":\"$encrypted$\",\"gatehouse_key\":\"key-1\",\"more\":1}");

        assertThat(asked(launched).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void anOrderIsFoundByItsKeyAfterACrash() {
        awx.start("manual", "---\nversion: 1.0");
        awx.start("manual", "");
        assertThat(connector.ask(call, null)).isEqualTo(ConnectorAnswer.neverSeen());

        connector.call(call);
        assertThat(connector.ask(call, null).reference()).isEqualTo("42");
        awx.jobs.get(2).put("status", "running");
        assertThat(connector.ask(call, null).reference()).isEqualTo("42");
        awx.jobs.get(2).put("status", "successful");
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(awx.refused).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"relaunch", "scheduled", "workflow", "callback", "webhook"})
    void aJobThatWasMadeFromOursIsNotOurs(String launchType) {
        connector.call(call);
        awx.start(launchType, awx.jobs.get(0).path("extra_vars").asText());
        assertThat(connector.ask(call, null).reference()).isEqualTo("40");

        awx.jobs.remove(0);
        assertThat(connector.ask(call, null)).isEqualTo(ConnectorAnswer.neverSeen());
    }

    @ParameterizedTest
    @ValueSource(ints = {25, 10})
    void aJobIsFoundOnALaterPage(int maxPageSize) {
        awx.maxPageSize = maxPageSize;
        connector.call(call);
        for (int i = 0; i < 70; i++) {
            awx.start("scheduled", "{}");
        }

        assertThat(connector.ask(call, null).reference()).isEqualTo("40");
        assertThat(awx.refused).isEmpty();
    }

    @Test
    void aKeyIsNotSaidToBeUnknownWhenItsJobMayBeFurtherDown() {
        for (int i = 0; i < 250; i++) {
            awx.start("scheduled", "{}");
        }
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);

        String yesterday = Instant.now().minus(Duration.ofDays(1)).toString();
        awx.jobs.forEach(job -> job.put("created", yesterday));
        assertThat(connector.ask(call, null)).isEqualTo(ConnectorAnswer.neverSeen());
        awx.jobs.forEach(job -> job.put("created", "yesterday"));
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    /** AWX goes on with a launch after its sender has hung up. */
    @Test
    void aLaunchThatMayStillBeOnItsWayIsNotUnknown() {
        AwxConnector atOnce = connector(RIGHT, "hosts", Clock.systemUTC());

        assertThat(atOnce.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void aFieldThatAwxDoesNotLikeIsTold() {
        awx.beforeTheOrder = Told.of(400, "{\"variables_needed_to_start\":[\"'region' value missing\"]}");

        assertThat(connector.call(call).detail()).contains("'region' value missing");
    }

    @Test
    void anOrderWhoseAnswerIsNoJobIsInDoubt() {
        awx.beforeTheOrder = Told.of(201, "{\"workflow_job\":7,\"id\":7,\"status\":\"pending\"}");

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"results\":[]}", "{\"next\":null,\"results\":[{}]}"})
    void aListThatCannotBeReadProvesNothing(String list) {
        connector.call(call);
        awx.trouble.add(Told.of(200, list));
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void whatAJobPrintsIsToldWhileItRunsWithOneQuestionMore() {
        ConnectorAnswer now = connector.call(call);
        awx.jobs.get(0).put("status", "running").put("started", Instant.now().toString());
        awx.prints(1, 0, "");
        awx.prints(2, 2, "\r\nPLAY [web]");
        awx.prints(4, 4, "changed: [web1]");

        now = askedWithTwoQuestions(now);
        assertThat(now.reference()).isEqualTo("40/2/2");
        assertThat(awx.log).hasToString("\nPLAY [web]\n");
        awx.prints(3, 3, "\u001b[0;32mok: [web1] by right-token\u001b[0m");
        now = askedWithTwoQuestions(now);
        assertThat(now.reference()).isEqualTo("40/4/4");
        assertThat(awx.log.toString())
                .startsWith("\nPLAY [web]\nok: [web1] by ")
                .endsWith("\nchanged: [web1]\n")
                .doesNotContain(RIGHT);
        assertThat(askedWithTwoQuestions(now)).isEqualTo(now);

        awx.jobs.get(0).put("status", "successful");
        awx.output = "\nPLAY [web]\nok: [web1] by right-token\nchanged: [web1]\nPLAY RECAP\n";
        assertThat(asked(now).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(awx.log.toString()).containsOnlyOnce("PLAY [web]").endsWith("\nchanged: [web1]\nPLAY RECAP\n");
        assertThat(awx.refused).isEmpty();
    }

    private ConnectorAnswer askedWithTwoQuestions(ConnectorAnswer before) {
        awx.asked.clear();
        ConnectorAnswer answer = asked(before);
        assertThat(answer.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(awx.asked).hasSize(2);
        return answer;
    }

    @Test
    void whatItPrintedMeanwhileComesLaterIfItCannotBeHadNow() {
        ConnectorAnswer launched = connector.call(call);
        String running = awx.jobs.get(0).put("status", "running").toString();
        awx.prints(1, 1, "PLAY [web]");
        for (Told trouble : List.of(Told.of(500, ""), Told.of(200, "<html>"), Told.of(200, "{}"))) {
            awx.trouble.add(Told.of(200, running));
            awx.trouble.add(trouble);
            assertThat(asked(launched)).isEqualTo(launched);
        }
        assertThat(awx.log).isEmpty();

        ConnectorAnswer now = asked(launched);
        assertThat(awx.log).hasToString("PLAY [web]\n");
        assertThat(connector.stop(call, now.reference()).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(awx.stopped).containsExactly("40");
    }

    @Test
    void aLogThatCannotBeHadSettlesNothing() {
        ConnectorAnswer launched = connector.call(call);
        String ended = awx.jobs.get(0).put("status", "successful").toString();
        awx.trouble.add(Told.of(200, ended));
        awx.trouble.add(Told.of(500, ""));

        assertThat(asked(launched).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(awx.log).hasToString("The tool answered 500 when asked for its log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "a?limit=all", "a\nb", "\",\"limit\":\"all", "{{ lookup('env') }}"})
    void aLimitIsNothingElse(String value) {
        connector.call(awx.run(Map.of("version", "2.0", "hosts", value)));

        assertThat(awx.jobs)
                .singleElement()
                .satisfies(job -> assertThat(job.path("limit").asText()).isEqualTo(value));
        assertThat(awx.refused).isEmpty();
    }

    @Test
    void aSearchEndsWhenAnotherNodeTakesOver() {
        for (int i = 0; i < 60; i++) {
            awx.start("scheduled", "{}");
        }
        assertThat(connector.ask(ToolDouble.takenOverAfter(1, call), null)).isEqualTo(ConnectorAnswer.takenOver());
        assertThat(awx.asked).hasSize(2);
    }
}
