package io.gatehouse.change.web;

import static io.gatehouse.change.web.ChangeFields.text;
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

import io.gatehouse.testing.ApiDocumentationTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class ChangeTasksApiDocumentationTests {

    private static final String RESOURCE = "change-tasks";

    private static final String TASK =
            """
            {
              "title": "Take a backup of the database",
              "instructions": "And restore it somewhere, to see that it works",
              "phase": "BEFORE",
              "ownerGroup": "%s",
              "plannedStart": "2030-06-02T20:00:00Z",
              "plannedEnd": "2030-06-02T22:00:00Z"
            }""";

    @Autowired
    private MockMvcTester mvc;

    private ChangeCalls calls;
    private String change = "";

    @BeforeEach
    void aChange() {
        calls = new ChangeCalls(mvc);
        change = calls.raised(false, ChangeCalls.LATER);
    }

    private static List<FieldDescriptor> content() {
        return List.of(
                fieldWithPath("title").description("What is to be done, at most 200 characters"),
                text("instructions", "How, at most 20,000 characters"),
                fieldWithPath("phase")
                        .description("`BEFORE`: the implementation does not begin until it is done; `DURING`, `AFTER`:"
                                + " people can do it from when the implementation begins or is over, and the change is"
                                + " not closed until it is done. Stays as it is"),
                text("owner", "Id of the person who does it, and who alone is asked; whoever begins it becomes that"),
                text("ownerGroup", "Role or team of a service that is asked; needed unless there is an owner"),
                text("plannedStart", "When somebody means to begin it, in UTC"),
                text(
                        "plannedEnd",
                        "When it is due, in UTC; else when the window of the change opens (`BEFORE`), closes"
                                + " (`DURING`) or has been closed for 5 days (`AFTER`)"));
    }

    private static FieldDescriptor[] task() {
        return Stream.of(
                        List.of(
                                fieldWithPath("number").description("What it is called everywhere"),
                                fieldWithPath("change").description("Number of the change"),
                                fieldWithPath("state").description("`OPEN`, `IN_PROGRESS`, `DONE` or `CANCELED`")),
                        content(),
                        List.of(
                                text("startedAt", "When it was begun, or done without that, in UTC"),
                                text("endedAt", "When it was done or canceled, in UTC"),
                                text("endedBy", "Who did or canceled it"),
                                text("note", "What they said about it"),
                                fieldWithPath("condition")
                                        .description("The condition of a board it was opened for")
                                        .optional()
                                        .type("Object"),
                                fieldWithPath("condition.round")
                                        .description("The round of approvals")
                                        .optional()
                                        .type("Number"),
                                fieldWithPath("condition.position")
                                        .description("Which one, as in <<votes>>")
                                        .optional()
                                        .type("Number"),
                                fieldWithPath("createdBy").description("Who added it"),
                                fieldWithPath("createdAt").description("When, in UTC")))
                .flatMap(List::stream)
                .toArray(FieldDescriptor[]::new);
    }

    private String added() {
        MvcTestResult added =
                calls.step("rita", change, "tasks", TASK.formatted("ops-lead")).exchange();
        assertThat(added).hasStatus(201);
        String address = String.valueOf(added.getResponse().getHeader("Location"));
        return address.substring(address.lastIndexOf('/') + 1);
    }

    private MvcTestResult step(String person, String step, String body) {
        return calls.post(person, "/api/v1/change-tasks/{number}/" + step, body, added())
                .exchange();
    }

    @Test
    void addTask() {
        assertThat(calls.step("rita", change, "tasks", TASK.formatted("ops-lead")))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        requestFields(content()),
                        responseFields(task()),
                        responseHeaders(
                                headerWithName("ETag").description("The version; give it back to change the task"))));
    }

    @Test
    void listTasksOfAChange() {
        added();
        assertThat(calls.get("rita", "/api/v1/changes/{number}/tasks", change))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        responseFields(fieldWithPath("[]").description("In the order in which they were added"))
                                .andWithPrefix("[].", task())));
    }

    @Test
    void listChangeTasks() {
        added();
        assertThat(calls.get("oskar", "/api/v1/change-tasks?mine=true&state=OPEN&limit=1"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pageParameters(
                                parameterWithName("mine")
                                        .description("`true`: only yours, by name or by a group of yours")
                                        .optional(),
                                parameterWithName("change")
                                        .description("Only of the change with this number")
                                        .optional(),
                                parameterWithName("state")
                                        .description("Only those in this state")
                                        .optional(),
                                parameterWithName("phase")
                                        .description("Only those of this phase")
                                        .optional()),
                        responseFields(pageOf(List.of(task())))));
    }

    @Test
    void showChangeTask() {
        assertThat(calls.get("oskar", "/api/v1/change-tasks/{number}", added()))
                .hasStatusOk()
                .apply(operation(RESOURCE, responseFields(task())));
    }

    @Test
    void editTask() {
        assertThat(mvc.put()
                        .uri("/api/v1/change-tasks/{number}", added())
                        .with(httpBasic("rita", "rita-sample"))
                        .header("If-Match", "\"0\"")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(TASK.formatted("technical-approver")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestHeaders(headerWithName("If-Match").description("The version that was read")),
                        requestFields(content()),
                        responseFields(task())));
    }

    @Test
    void startTask() {
        assertThat(step("oskar", "start", "")).hasStatusOk().apply(operation(RESOURCE, responseFields(task())));
    }

    @Test
    void completeTask() {
        assertThat(step("oskar", "completion", "{\"note\": \"Restored in 12 minutes\"}"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("note")
                                .description("What was done and how to see it, at most 2,000 characters")),
                        responseFields(task())));
    }

    @Test
    void cancelTask() {
        assertThat(step("rita", "cancellation", "{\"reason\": \"There is one of this morning\"}"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("reason").description("Why, at most 2,000 characters")),
                        responseFields(task())));
    }
}
