package io.gatehouse.release.web;

import static io.gatehouse.testing.Snippets.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.subsectionWithPath;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.jayway.jsonpath.JsonPath;
import io.gatehouse.testing.ApiDocumentationTest;
import java.nio.charset.StandardCharsets;
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
class DependenciesApiDocumentationTests {

    private static final String RESOURCE = "release-dependencies";

    private static final String CONTENT =
            """
            {
              "name": "%s",
              "manager": "rolf",
              "train": "gazpacho",
              "readyOn": "2026-03-01",
              "environment": "production",
              "window": {"startsAt": "%sT20:00:00Z", "endsAt": "%sT23:00:00Z"},
              "items": [{"service": "nova", "version": "31.0.0"}, {"service": "cinder", "version": "25.0.0"}]
            }""";

    private static final String NEEDS =
            """
            {
              "stage": "production",
              "needs": "%s",
              "needsStage": "production",
              "reason": "Orders call the new interface of payments"
            }""";

    @Autowired
    private MockMvcTester mvc;

    private static FieldDescriptor[] dependency(String prefix) {
        return new FieldDescriptor[] {
            fieldWithPath(prefix + "id").description("Tells it from all other dependencies"),
            fieldWithPath(prefix + "release").description("The release that waits"),
            fieldWithPath(prefix + "stage").description("The stage that it does not enter before"),
            fieldWithPath(prefix + "needs").description("the release that it needs"),
            fieldWithPath(prefix + "needsStage").description("is through this stage"),
            fieldWithPath(prefix + "needsState").description("How far the other is"),
            fieldWithPath(prefix + "met").description("Whether it is through that stage"),
            text(prefix + "waits", "What is missing and whom to ask; absent if nothing is"),
            fieldWithPath(prefix + "addedBy").description("Who added it"),
            fieldWithPath(prefix + "addedAt").description("When, in UTC"),
            text(prefix + "addedBecause", "Why, if that was said"),
            text(prefix + "removedBy", "Who took it back"),
            text(prefix + "removedAt", "When, in UTC"),
            text(prefix + "removedBecause", "Why")
        };
    }

    private static FieldDescriptor[] forecast(String prefix) {
        return new FieldDescriptor[] {
            fieldWithPath(prefix + "release").description("A release"),
            fieldWithPath(prefix + "stage").description("and a stage of it"),
            fieldWithPath(prefix + "planned.startsAt").description("When that is to begin"),
            fieldWithPath(prefix + "planned.endsAt").description("When it is to end"),
            text(prefix + "endsAt", "When it will end; absent if it never will"),
            fieldWithPath(prefix + "late").description("Whether that is later than planned"),
            fieldWithPath(prefix + "daysLate")
                    .description("By how many days; absent if it never ends")
                    .optional()
                    .type("Number"),
            fieldWithPath(prefix + "sentence").description("The same for people, and why"),
            fieldWithPath(prefix + "chain")
                    .description("What holds it up, what that waits for in turn, to the cause; of one release only")
                    .optional()
                    .type("Array"),
            text(prefix + "chain[].release", "A release"),
            text(prefix + "chain[].stage", "and the stage of it"),
            text(prefix + "chain[].endsAt", "When that will end")
        };
    }

    private static FieldDescriptor text(String path, String description) {
        return fieldWithPath(path).description(description).optional().type("String");
    }

    private MvcTestResult post(String path, String body, Object... values) {
        return mvc.post()
                .uri("/api/v1/releases" + path, values)
                .with(httpBasic("rolf", "rolf-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult get(String path, Object... values) {
        return mvc.get()
                .uri("/api/v1" + path, values)
                .with(httpBasic("rita", "rita-sample"))
                .exchange();
    }

    private String planned(String name, String day) {
        return planned(CONTENT.formatted(name, day, day));
    }

    /** The cut-offs of that train are over, after which nothing is split any more. */
    private String withoutTrain() {
        return planned(
                CONTENT.formatted("Payments", "2030-04-01", "2030-04-01").replace("\"train\": \"gazpacho\",", ""));
    }

    private String planned(String content) {
        MvcTestResult planned = post("", content);
        assertThat(planned).hasStatus(201);
        String address = String.valueOf(planned.getResponse().getHeader("Location"));
        return address.substring(address.lastIndexOf('/') + 1);
    }

    private MvcTestResult added(String orders, String payments) {
        return post("/{number}/dependencies", NEEDS.formatted(payments), orders);
    }

    private String ordersThatWait() {
        String orders = planned("Orders", "2030-04-03");
        assertThat(added(orders, planned("Payments", "2030-04-05"))).hasStatus(201);
        return orders;
    }

    @Test
    void addDependency() {
        assertThat(added(planned("Orders", "2030-04-03"), planned("Payments", "2030-04-01")))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        requestFields(
                                fieldWithPath("stage")
                                        .description("The stage that is not entered before; one of the release"),
                                fieldWithPath("needs").description("Number of the other release"),
                                fieldWithPath("needsStage").description("What that must be through; one of its stages"),
                                text("reason", "Why, at most 1,000 characters")),
                        responseFields(dependency(""))));
    }

    @Test
    void showDependencies() {
        String orders = ordersThatWait();
        assertThat(added(planned("Receipts", "2030-04-09"), orders)).hasStatus(201);

        assertThat(get("/releases/{number}/dependencies", orders))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        responseFields(Stream.of(
                                        Stream.of(
                                                fieldWithPath("needs")
                                                        .description("What it needs, also what was taken back, oldest"
                                                                + " first"),
                                                fieldWithPath("neededBy")
                                                        .description("What releases that are not over need of it"),
                                                fieldWithPath("forecast")
                                                        .description("Its stages; empty once it is over")),
                                        Stream.of(dependency("needs[].")),
                                        Stream.of(dependency("neededBy[].")),
                                        Stream.of(forecast("forecast[].")))
                                .flatMap(all -> all)
                                .toList())))
                .bodyText()
                .contains("late by 3 days");
    }

    @Test
    void removeDependency() {
        String orders = planned("Orders", "2030-04-03");
        MvcTestResult added = added(orders, planned("Payments", "2030-04-01"));
        Integer id =
                JsonPath.read(new String(added.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8), "$.id");

        assertThat(post(
                        "/{number}/dependencies/{id}/removal",
                        "{\"reason\": \"The old interface stays for a year\"}",
                        orders,
                        id))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("reason").description("Why, at most 1,000 characters")),
                        responseFields(dependency(""))));
    }

    @Test
    void listSlips() {
        ordersThatWait();

        assertThat(get("/trains/{key}/slips", "gazpacho"))
                .hasStatusOk()
                .apply(operation(RESOURCE, responseFields(forecast("[]."))));
    }

    @Test
    void postponeRelease() {
        assertThat(post("/{number}/postponement", POSTPONED, planned("Payments", "2030-04-01")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(
                                fieldWithPath("window.startsAt")
                                        .description("From when it is deployed, in UTC; later than before"),
                                fieldWithPath("window.endsAt").description("Until when; at most 31 days later"),
                                fieldWithPath("readyOn").description("From which day it could be deployed"),
                                fieldWithPath("reason").description("Why, at most 1,000 characters")),
                        responseFields(subsectionWithPath("*").description("The release"))));
    }

    private static final String POSTPONED =
            """
            {
              "window": {"startsAt": "2030-04-08T20:00:00Z", "endsAt": "2030-04-08T23:00:00Z"},
              "readyOn": "2026-03-20",
              "reason": "The card company opens its interface a week later"
            }""";

    @Test
    void splitRelease() {
        assertThat(post("/{number}/split", SPLIT, withoutTrain()))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        requestFields(
                                fieldWithPath("name").description("What the new one is called"),
                                fieldWithPath("services")
                                        .description("What it gets of the package, and at least one service is left")),
                        responseFields(subsectionWithPath("*").description("The new release"))));
    }

    private static final String SPLIT = "{\"name\": \"Payments, storage\", \"services\": [\"cinder\"]}";

    @Test
    void showReplanning() {
        String number = withoutTrain();
        assertThat(post("/{number}/postponement", POSTPONED, number)).hasStatusOk();
        assertThat(post("/{number}/split", SPLIT, number)).hasStatus(201);

        assertThat(get("/releases/{number}/replanning", number))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        responseFields(
                                fieldWithPath("postponements").description("Each time it was put off, oldest first"),
                                fieldWithPath("postponements[].id").description("Tells it from all others"),
                                fieldWithPath("postponements[].release").description("Which release"),
                                fieldWithPath("postponements[].oldWindow.startsAt")
                                        .description("The window it had"),
                                fieldWithPath("postponements[].oldWindow.endsAt")
                                        .description("and its end"),
                                fieldWithPath("postponements[].oldReadyOn").description("The readiness date it had"),
                                fieldWithPath("postponements[].newWindow.startsAt")
                                        .description("The window it got"),
                                fieldWithPath("postponements[].newWindow.endsAt")
                                        .description("and its end"),
                                fieldWithPath("postponements[].newReadyOn").description("The readiness date it got"),
                                fieldWithPath("postponements[].reason").description("Why"),
                                fieldWithPath("postponements[].postponedBy").description("Who did it"),
                                fieldWithPath("postponements[].postponedAt").description("When, in UTC"),
                                fieldWithPath("splits").description("Each time it was split, oldest first"),
                                fieldWithPath("splits[].id").description("Tells it from all others"),
                                fieldWithPath("splits[].from")
                                        .description("The release from which services were taken"),
                                fieldWithPath("splits[].into").description("The release that got them"),
                                fieldWithPath("splits[].splitBy").description("Who did it"),
                                fieldWithPath("splits[].splitAt").description("When, in UTC"))));
    }
}
