package io.gatehouse.release.web;

import static io.gatehouse.testing.Snippets.operation;
import static io.gatehouse.testing.Snippets.pageOf;
import static io.gatehouse.testing.Snippets.pageParameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.headers.HeaderDocumentation.headerWithName;
import static org.springframework.restdocs.headers.HeaderDocumentation.requestHeaders;
import static org.springframework.restdocs.headers.HeaderDocumentation.responseHeaders;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.restdocs.request.RequestDocumentation.parameterWithName;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.jayway.jsonpath.JsonPath;
import io.gatehouse.testing.ApiDocumentationTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class ReleasesApiDocumentationTests {

    private static final String RESOURCE = "releases";

    private static final String CONTENT =
            """
            {
              "name": "Gazpacho, compute",
              "description": "Nova and the client that goes with it",
              "manager": "rolf",
              "readyOn": "2030-04-01",
              "environment": "production",
              "window": {"startsAt": "2030-04-03T20:00:00Z", "endsAt": "2030-04-03T23:00:00Z"},
              "plans": {"backout": "Switch back to 30.1.0"},
              "questionnaire": {"downtime": true, "backoutTested": true},
              "items": [
                {"service": "nova", "version": "31.0.0", "digest": "sha256:9f86d081884c7d65"}
              ],
              "seats": [
                {"seat": "qa-lead", "veto": false},
                {"seat": "security-officer", "veto": true}
              ]
            }""";

    @Autowired
    private MockMvcTester mvc;

    private static List<FieldDescriptor> content() {
        return List.of(
                fieldWithPath("name").description("What people call it, at most 200 characters"),
                text("description", "More about it, at most 20,000 characters"),
                fieldWithPath("manager").description("Id of the release manager who leads it"),
                text("train", "Key of the train it goes with"),
                text(
                        "series",
                        "What it is the next of, written as a key; that of its train, which need not be said, if that"
                                + " is of one"),
                fieldWithPath("readyOn")
                        .description("The readiness date: from which day it could be deployed, which is not when it"
                                + " is; not after the day on which the window opens, nor after that on which its train"
                                + " releases"),
                fieldWithPath("environment").description("Key of the production environment in which it ends"),
                fieldWithPath("window.startsAt").description("From when it is deployed there, in UTC"),
                fieldWithPath("window.endsAt").description("Until when; at most 31 days later"),
                text("plans.implementation", "How it is made"),
                text("plans.test", "How it is checked"),
                text("plans.backout", "How it is undone"),
                text("plans.communication", "Who is told, and how"),
                flag("questionnaire.dataMigration", "Whether stored data is converted"),
                flag("questionnaire.downtime", "Whether services are unavailable meanwhile"),
                flag("questionnaire.backoutTested", "Whether the way back has been tried"),
                text("questionnaire.ifNotDone", "What happens if it is not made, at most 4,000 characters"),
                fieldWithPath("items").description("Its package, 1 to 100 services"),
                fieldWithPath("items[].service").description("Key of a service, each once"),
                fieldWithPath("items[].version").description("The version that it gets"),
                text("items[].digest", "Digest of what is deployed, as `sha256:…`"),
                fieldWithPath("seats")
                        .description("Who decides whether it goes, 1 to 20 roles; if not given, product owner, quality,"
                                + " operations and security, which have a veto, and release manager")
                        .optional()
                        .type("Array"),
                text("seats[].seat", "A role, each once"),
                flag("seats[].veto", "Whether its no is everybody's"),
                fieldWithPath("stages")
                        .description("What it goes through before production, in order, at most 20")
                        .optional()
                        .type("Array"),
                text("stages[].name", "What the stage is called, each once"),
                text("stages[].environment", "Key of an environment that is not production"),
                text("stages[].planned.startsAt", "From when it should be there, in UTC"),
                text("stages[].planned.endsAt", "Until when; not after the window opens"),
                fieldWithPath("stages[].tests")
                        .description("What is tested, at most 20")
                        .optional()
                        .type("Array"),
                text("stages[].tests[].name", "What the test is called, each once in its stage"),
                text("stages[].tests[].askedGroup", "Role or team that records its result; `qa-lead` if not given"),
                fieldWithPath("stages[].tests[].requiredPercent")
                        .description("How many of a hundred cases that ran must pass; 100 if not given")
                        .optional()
                        .type("Number"),
                fieldWithPath("stages[].exitCriteria")
                        .description("What a person sees to before it leaves the stage, at most 20 of 500 characters")
                        .optional()
                        .type("Array"),
                text(
                        "stages[].signedOffBy",
                        "Role that signs it off; `qa-lead` if neither this nor `approvals` is given, and absent if they"
                                + " are"),
                fieldWithPath("stages[].approvals")
                        .description("Roles that have to sign it off, each of them, 1 to 20, instead of `signedOffBy`")
                        .optional()
                        .type("Array"),
                text(
                        "stages[].changeTemplate",
                        "Key of a template of standard changes that deploys it there, if the policy lets it"),
                flag(
                        "stages[].rehearsesRollback",
                        "Whether it is deployed and rolled back there before it is deployed to be tested; absent if not"),
                text(
                        "stages[].rolloutPlan",
                        "Key of the <<rollout-plan-templates,plan template>> by which a normal change deploys it there;"
                                + " else the plans of its services are joined"),
                text(
                        "changeTemplate",
                        "Key of a template of standard changes that brings it into production, if the policy lets it"),
                text("rolloutPlan", "Key of the plan template by which a normal change brings it into production"));
    }

    private static List<FieldDescriptor> input() {
        List<FieldDescriptor> input = new ArrayList<>(content());
        input.add(text(
                "template",
                "Key of the template that gives it the seats and stages that are not said here; when it is"
                        + " rewritten also as it names the one it was planned by, `major@3`"));
        return input;
    }

    private static List<FieldDescriptor> release() {
        return Stream.of(
                        List.of(
                                fieldWithPath("number").description("What it is called everywhere"),
                                fieldWithPath("state")
                                        .description(
                                                "`PLANNED`, `PREPARING`, `TESTING`, `DECIDING`, `WAITING`, `DEPLOYING`, `CLOSED` or `RETIRED`")),
                        content(),
                        List.of(
                                text("template", "The version of the template that it was planned by: `major@3`"),
                                text("confirmedBy", "Who said that the package is complete, and requests its change"),
                                text("confirmedAt", "When, in UTC"),
                                text("change", "Number of the change that carries it, or that carried it last"),
                                text("carrier.type", "`STANDARD` or `NORMAL`, which the policy chose for that change"),
                                text("carrier.because", "Why that one"),
                                text("waitsFor", "What it waits for in front of production"),
                                text("returnedBecause", "Why it is not in production after its package was confirmed"),
                                text("retiredBecause", "Why it was given up"),
                                fieldWithPath("plannedBy").description("Who wrote it down"),
                                fieldWithPath("plannedAt").description("When, in UTC"),
                                text("endedAt", "When it was closed or retired, in UTC")))
                .flatMap(List::stream)
                .toList();
    }

    private static FieldDescriptor text(String path, String description) {
        return fieldWithPath(path).description(description).optional().type("String");
    }

    private static FieldDescriptor flag(String path, String description) {
        return fieldWithPath(path).description(description).optional().type("Boolean");
    }

    private MockMvcTester.MockMvcRequestBuilder post(String path, String body, Object... values) {
        return mvc.post()
                .uri("/api/v1/releases" + path, values)
                .with(httpBasic("rolf", "rolf-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private String planned() {
        MvcTestResult planned = post("", CONTENT).exchange();
        assertThat(planned).hasStatus(201);
        String address = String.valueOf(planned.getResponse().getHeader("Location"));
        return address.substring(address.lastIndexOf('/') + 1);
    }

    private String started() {
        String number = planned();
        assertThat(post("/{number}/start", "", number)).hasStatusOk();
        return number;
    }

    @Test
    void planRelease() {
        assertThat(post("", CONTENT))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        requestFields(input()),
                        responseFields(release()),
                        responseHeaders(
                                headerWithName("Location").description("Where it is"),
                                headerWithName("ETag").description("The version; give it back to rewrite it"))));
    }

    @Test
    void listReleases() {
        planned();
        assertThat(mvc.get()
                        .uri("/api/v1/releases?state=PLANNED&service=nova&limit=1")
                        .with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pageParameters(
                                parameterWithName("state")
                                        .description("Only those in this state")
                                        .optional(),
                                parameterWithName("manager")
                                        .description("Only those that this person leads")
                                        .optional(),
                                parameterWithName("service")
                                        .description("Only those with this service in their package")
                                        .optional(),
                                parameterWithName("train")
                                        .description("Only those that go with this train")
                                        .optional(),
                                parameterWithName("series")
                                        .description("Only those of this series, as their train or they themselves say")
                                        .optional()),
                        responseFields(pageOf(release()))));
    }

    @Test
    void showRelease() {
        assertThat(mvc.get().uri("/api/v1/releases/{number}", planned()).with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(RESOURCE, responseFields(release())));
    }

    @Test
    void rewriteRelease() {
        assertThat(mvc.put()
                        .uri("/api/v1/releases/{number}", planned())
                        .with(httpBasic("rolf", "rolf-sample"))
                        .header("If-Match", "\"1\"")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(CONTENT.replace("31.0.0", "31.0.1")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestHeaders(headerWithName("If-Match").description("The version that was read")),
                        requestFields(input()),
                        responseFields(release())));
    }

    @Test
    void startRelease() {
        assertThat(post("/{number}/start", "", planned()))
                .hasStatusOk()
                .apply(operation(RESOURCE, responseFields(release())));
    }

    @Test
    void confirmPackage() {
        assertThat(post("/{number}/package-confirmations", "{}", started()))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(text(
                                "fromStage",
                                "Name of a stage that it is to go through again, with those after it, although this"
                                        + " package has passed them")),
                        responseFields(release())));
    }

    @Test
    void withdrawRelease() {
        String number = started();
        assertThat(post(
                        "/{number}/dependencies",
                        "{\"stage\": \"production\", \"needs\": \"%s\", \"needsStage\": \"production\"}"
                                .formatted(planned()),
                        number))
                .hasStatus2xxSuccessful();
        assertThat(post("/{number}/package-confirmations", "", number)).hasStatusOk();
        for (String seat : List.of("quinn", "sasha")) {
            assertThat(as(seat, "/{number}/votes", "{\"vote\": \"GO\", \"reason\": \"No open finding\"}", number))
                    .hasStatusOk();
        }
        assertThat(mvc.get().uri("/api/v1/releases/{number}", number).with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.waitsFor")
                .asString()
                .contains("in production before it enters production");
        assertThat(mvc.get()
                        .uri("/api/v1/releases/{number}/status-report", number)
                        .accept(MediaType.TEXT_HTML)
                        .with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .bodyText()
                .contains("It waits in front of production: " + number + " needs ");
        assertThat(post("/{number}/withdrawal", "{\"reason\": \"Payments takes too long\"}", number))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("reason").description("Why, at most 900 characters")),
                        responseFields(release())));
    }

    @Test
    void retireRelease() {
        assertThat(post("/{number}/retirement", "{\"reason\": \"Merged into the next one\"}", started()))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("reason").description("Why, at most 1,000 characters")),
                        responseFields(release())));
    }

    private String confirmed() {
        String number = started();
        assertThat(post("/{number}/package-confirmations", "", number)).hasStatusOk();
        return number;
    }

    private MockMvcTester.MockMvcRequestBuilder as(String person, String path, String body, Object... values) {
        return mvc.post()
                .uri("/api/v1/releases" + path, values)
                .with(httpBasic(person, person + "-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private static final String ON_CONDITION =
            """
            {
              "vote": "CONDITIONAL_GO",
              "reason": "One of the load tests did not end",
              "conditions": [
                {"demanded": "Repeat the load test", "owner": "ops-lead", "dueAt": "2030-04-03T18:00:00Z"}
              ]
            }""";

    private String conditionOf(String number) {
        MvcTestResult shown = mvc.get()
                .uri("/api/v1/releases/{number}/decisions", number)
                .with(httpBasic("rita", "rita-sample"))
                .exchange();
        return String.valueOf(JsonPath.<String>read(
                new String(shown.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8),
                "$[0].conditions[0].number"));
    }

    private static FieldDescriptor[] decisions() {
        return new FieldDescriptor[] {
            fieldWithPath("[]").description("Oldest first: a release is decided about again when it came back"),
            fieldWithPath("[].round").description("Which one, from 1"),
            fieldWithPath("[].openedAt").description("When the seats were asked, in UTC"),
            fieldWithPath("[].closesAt").description("Until when they may vote"),
            fieldWithPath("[].readiness.text").description("What they saw of the readiness; it stays as it was"),
            fieldWithPath("[].readiness.sha256").description("SHA-256 of that text in UTF-8"),
            fieldWithPath("[].seats[].seat").description("A seat"),
            fieldWithPath("[].seats[].veto").description("Whether its no is everybody's"),
            fieldWithPath("[].votes").description("What was said so far, by seat"),
            fieldWithPath("[].votes[].seat").description("For which seat").optional(),
            fieldWithPath("[].votes[].person").description("Who said it").optional(),
            fieldWithPath("[].votes[].inPlaceOf")
                    .description("Who has the role, if a delegate said it for them")
                    .optional()
                    .type("String"),
            fieldWithPath("[].votes[].vote")
                    .description("`GO`, `CONDITIONAL_GO` or `NO_GO`")
                    .optional(),
            fieldWithPath("[].votes[].reason").description("Why").optional(),
            fieldWithPath("[].votes[].castAt").description("When, in UTC").optional(),
            fieldWithPath("[].conditions").description("What was demanded"),
            text("[].conditions[].number", "What the condition is called everywhere"),
            text("[].conditions[].seat", "Who demanded it"),
            text("[].conditions[].demanded", "What is to be done"),
            text("[].conditions[].owner", "Who does it"),
            text("[].conditions[].ownerGroup", "Or whoever of this role is first"),
            text("[].conditions[].dueAt", "Until when, in UTC; then the release does not go"),
            text("[].conditions[].state", "`OPEN`, `MET`, `LAPSED` or `DROPPED`"),
            text("[].conditions[].metBy", "Who did it"),
            text("[].conditions[].endedAt", "When it was met, lapsed or was dropped"),
            text("[].conditions[].note", "What was done and how to see it"),
            text("[].outcome", "`GO`, `CONDITIONAL_GO` or `NO_GO`; absent while people vote"),
            text("[].reason", "How it came to that"),
            text("[].decidedAt", "When, in UTC"),
            text("[].minutes.text", "The minutes as Markdown, once it is over"),
            text("[].minutes.sha256", "SHA-256 of the minutes in UTF-8")
        };
    }

    @Test
    void showReadiness() {
        assertThat(mvc.get()
                        .uri("/api/v1/releases/{number}/readiness", planned())
                        .with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        responseFields(
                                fieldWithPath("score")
                                        .description("How many of a hundred criteria would be met; 100 is all"),
                                fieldWithPath("items[].criterion").description("What a release should have"),
                                text("items[].about", "Number of what it is about, where there may be several"),
                                fieldWithPath("items[].met").description("Whether this one has it"),
                                fieldWithPath("items[].sentence").description("What was found, or what is missing"),
                                text("items[].owner", "Whom to ask: id of a person, or a role or team"),
                                text(
                                        "items[].since",
                                        "Since when it is missing, in UTC; absent while that has not been noted"),
                                fieldWithPath("history")
                                        .description("The latest 50 times that score, missing items or owners had"
                                                + " changed, newest first"),
                                fieldWithPath("history[].at").description("When that was noted, in UTC"),
                                fieldWithPath("history[].score").description("The score then"),
                                fieldWithPath("history[].missing").description("What was missing then"),
                                text("history[].missing[].criterion", "What a release should have"),
                                text("history[].missing[].about", "Number of what it is about"),
                                text("history[].missing[].owner", "Whose it was"),
                                text("history[].missing[].since", "Since when it was missing"))));
    }

    @Test
    void voteGoOrNoGo() {
        assertThat(as("quinn", "/{number}/votes", ON_CONDITION, confirmed()))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(
                                text("seat", "For which seat; one of yours if not given"),
                                fieldWithPath("vote").description("`GO`, `CONDITIONAL_GO` or `NO_GO`"),
                                fieldWithPath("reason").description("Why, at most 2,000 characters"),
                                fieldWithPath("conditions")
                                        .description("Of a `CONDITIONAL_GO`, 1 to 20")
                                        .optional(),
                                fieldWithPath("conditions[].demanded")
                                        .description("What is to be done first, in a line of at most 500 characters"),
                                fieldWithPath("conditions[].owner")
                                        .description("Id of the person who does it, or a role of which somebody does"),
                                fieldWithPath("conditions[].dueAt")
                                        .description("Until when, not after the window of the release")),
                        responseFields(decisions())));
    }

    @Test
    void meetCondition() {
        String number = confirmed();
        assertThat(as("quinn", "/{number}/votes", ON_CONDITION, number)).hasStatusOk();
        assertThat(as("sasha", "/{number}/votes", "{\"vote\": \"GO\", \"reason\": \"No open finding\"}", number))
                .hasStatusOk();
        String condition = conditionOf(number);

        assertThat(as(
                        "oskar",
                        "/{number}/conditions/{condition}/fulfilment",
                        "{\"note\": \"All green, see run 4711\"}",
                        number,
                        condition))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("note")
                                .description("What was done and how to see it, at most 2,000 characters")),
                        responseFields(decisions())));
    }

    @Test
    void listDecisions() {
        String number = confirmed();
        assertThat(as("quinn", "/{number}/votes", ON_CONDITION, number)).hasStatusOk();
        assertThat(as("sasha", "/{number}/votes", "{\"vote\": \"NO_GO\", \"reason\": \"A finding\"}", number))
                .hasStatusOk();
        assertThat(mvc.get().uri("/api/v1/releases/{number}/decisions", number).with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(RESOURCE, responseFields(decisions())));
    }

    @Test
    void saysWhatADayLooksLike() {
        assertThat(post("", CONTENT.replace("2030-04-01", "2030-02-30")))
                .hasStatus(400)
                .bodyText()
                .contains("readyOn", "must be a day such as 2026-03-01");
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        assertThat(post(
                        "",
                        CONTENT.replace("\"production\"", "\"staging\"")
                                .replace("\"nova\"", "\"novva\"")
                                .replace("2030-04-01", "2030-04-04")
                                .replace("\"rolf\"", "\"rita\"")))
                .hasStatus(400)
                .bodyText()
                .contains("environment", "novva", "readyOn", "manager");
    }
}
