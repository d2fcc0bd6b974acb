package io.gatehouse.rollout.awx;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.connector.ConnectorCheck.Result;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolDouble.Asked;
import io.gatehouse.rollout.http.ToolDouble.Told;
import io.gatehouse.secret.SecretText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Against a double that keeps to the documentation of AWX. */
class AwxConnectorTests {

    /** So long after a launch that it is no longer on its way. */
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(3));

    private static final Map<String, String> PLANNED = Map.of("version", "2.0", "hosts", "web");

    private final AwxDouble awx = new AwxDouble();
    private final AwxConnector connector = connector("11aa22bb", "hosts", LATER);
    private final ConnectorCall call = awx.run(PLANNED);

    @AfterEach
    void stop() {
        awx.close();
    }

    private AwxSettings settings(String keyVariable, @Nullable String limitParameter) {
        return new AwxSettings(
                awx.url("/awx"),
                "api/v2",
                "11aa22bb",
                14,
                keyVariable,
                limitParameter,
                "/#/jobs/playbook/{id}",
                Map.of("version", ".*", "hosts", ".*"),
                Duration.ofMinutes(2),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), DataSize.ofKilobytes(64)));
    }

    private AwxConnector connector(String token, @Nullable String limitParameter, Clock clock) {
        AwxSettings settings = settings("gatehouse_key", limitParameter);
        return new AwxConnector(
                "deploy",
                settings,
                awx.api("/awx", Credential.bearer(SecretText.given(token))),
                clock);
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
        AwxConnector unlimited = connector("11aa22bb", null, LATER);
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
        AwxConnector atOnce = connector("11aa22bb", "hosts", Clock.systemUTC());

        assertThat(atOnce.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @ParameterizedTest
    @CsvSource({"500, NOT_REACHED", "429, NOT_REACHED", "401, REFUSED", "403, REFUSED", "404, REFUSED"})
    void nothingIsInDoubtBeforeTheOrder(int status, Outcome outcome) {
        awx.trouble.add(Told.of(status, ""));

        assertThat(connector.call(call).outcome()).isEqualTo(outcome);
        assertThat(awx.jobs).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED",
        "401, REFUSED",
        "403, REFUSED",
        "404, REFUSED",
        "405, REFUSED",
        "301, AMBIGUOUS",
        "409, AMBIGUOUS",
        "429, NOT_REACHED",
        "500, AMBIGUOUS",
        "502, AMBIGUOUS",
        "504, AMBIGUOUS"
    })
    void anOrderThatIsNotTakenSaysWhetherItMayBeSentAgain(int status, Outcome outcome) {
        awx.beforeTheOrder = Told.of(status, "{\"variables_needed_to_start\":[\"'region' value missing\"]}");

        assertThat(connector.call(call).outcome()).isEqualTo(outcome);
        assertThat(awx.jobs).isEmpty();
    }

    @Test
    void aFieldThatAwxDoesNotLikeIsTold() {
        awx.beforeTheOrder = Told.of(400, "{\"variables_needed_to_start\":[\"'region' value missing\"]}");

        assertThat(connector.call(call).detail()).contains("'region' value missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "null", "{}", "[]", "{\"workflow_job\":7,\"id\":7,\"status\":\"pending\"}"})
    void anOrderWhoseAnswerIsNoJobIsInDoubt(String body) {
        awx.beforeTheOrder = Told.of(201, body);

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @ParameterizedTest
    @CsvSource({
        "500,''",
        "401,''",
        "404,''",
        "301,''",
        "200,<html>",
        "200,null",
        "200,''",
        "200,{}",
        "200,[]",
        "200,'{\"results\":[]}'",
        "200,'{\"next\":null,\"results\":[{}]}'"
    })
    void aQuestionThatIsNotAnsweredLeavesItOpen(int status, String body) {
        ConnectorAnswer launched = connector.call(call);
        awx.trouble.add(Told.of(status, body));
        assertThat(asked(launched).outcome()).isEqualTo(Outcome.AMBIGUOUS);

        awx.trouble.add(Told.of(status, body));
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void anAnswerThatIsTooLargeLeavesItOpen() {
        ConnectorAnswer launched = connector.call(call);
        awx.trouble.add(Told.of(200, " ".repeat(70_000) + awx.jobs.get(0)));

        assertThat(asked(launched).outcome()).isEqualTo(Outcome.AMBIGUOUS);
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
    @ValueSource(strings = {"../40", "40/cancel", "40?a=b", "", "40\n", "key-1"})
    void onlyANumberIsAskedFor(String reference) {
        assertThat(connector.ask(call, reference).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(awx.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "a?limit=all", "a#b", "a\nb", "\",\"limit\":\"all", "{{ lookup('env') }}"})
    void aValueIsNothingElse(String value) {
        ConnectorAnswer launched = connector.call(awx.run(Map.of("version", value, "hosts", value)));

        assertThat(awx.orders()).singleElement().satisfies(order -> {
            assertThat(order.path("extra_vars").path("version").asText()).isEqualTo(value);
            assertThat(order.path("limit").asText()).isEqualTo(value);
        });
        assertThat(launched.reference()).isEqualTo("40");
        assertThat(awx.asked).extracting(Asked::path).containsOnly("/awx/api/v2/job_templates/14/launch/");
        assertThat(awx.refused).isEmpty();
    }

    @Test
    void aNodeThatHasLostItsLeaseStops() {
        assertThat(connector.call(leased(0)).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(awx.orders()).isEmpty();

        for (int i = 0; i < 60; i++) {
            awx.start("scheduled", "{}");
        }
        assertThat(connector.ask(leased(1), null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(awx.asked).hasSize(3);
    }

    /** Belongs to this node until it has been renewed so often. */
    private ConnectorCall leased(int renewals) {
        AtomicInteger left = new AtomicInteger(renewals);
        return new ConnectorCall(
                "key-1",
                "ROL-000001",
                2,
                CommandKind.RUN,
                1,
                Instant.now(),
                "web",
                PLANNED,
                () -> left.getAndDecrement() > 0,
                awx.log::append);
    }

    @Test
    void whoIsNotLetInIsTold() {
        assertThat(connector.check().result()).isEqualTo(Result.OK);

        AwxConnector stranger = connector("wrong-token", "hosts", LATER);
        assertThat(stranger.check().result()).isEqualTo(Result.FAILED);
        assertThat(stranger.check().detail()).contains("401").doesNotContain("wrong-token");
        assertThat(awx.orders()).isEmpty();
    }

    @Test
    void aToolThatIsDownIsNotReached() {
        awx.close();

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(connector.check().result()).isEqualTo(Result.FAILED);
    }
}
