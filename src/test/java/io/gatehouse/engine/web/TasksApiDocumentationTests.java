package io.gatehouse.engine.web;

import static io.gatehouse.testing.Snippets.operation;
import static io.gatehouse.testing.Snippets.pageOf;
import static io.gatehouse.testing.Snippets.pageParameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.restdocs.request.RequestDocumentation.parameterWithName;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.gatehouse.testing.ApiDocumentationTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@ApiDocumentationTest
class TasksApiDocumentationTests {

    @Autowired
    private MockMvcTester mvc;

    private static List<FieldDescriptor> task() {
        return List.of(
                fieldWithPath("task").description("Which task it is, see the table above"),
                fieldWithPath("title").description("Its label in the diagram"),
                fieldWithPath("number").description("What it is about"),
                fieldWithPath("groups").description("The roles that may do it; for an approval one, the seat"),
                fieldWithPath("claimedBy")
                        .description("Who has taken it, if somebody has")
                        .optional()
                        .type("String"),
                fieldWithPath("since").description("Since when it waits"),
                fieldWithPath("dueAt")
                        .description("When it should be done")
                        .optional()
                        .type("String"),
                fieldWithPath("remindedAt")
                        .description("When its groups were reminded that it is nearly due")
                        .optional()
                        .type("String"),
                fieldWithPath("escalatedTo")
                        .description("The roles, or the person, that see it too because it is overdue"));
    }

    @Test
    void listTasks() {
        assertThat(mvc.get().uri("/api/v1/tasks?limit=2").with(httpBasic("theo", "theo-sample")))
                .hasStatusOk()
                .apply(operation(
                        "tasks",
                        pageParameters(
                                parameterWithName("number")
                                        .description("Only tasks about this change or rollout")
                                        .optional(),
                                parameterWithName("task")
                                        .description("Only this task")
                                        .optional(),
                                parameterWithName("group")
                                        .description("Only tasks that this role may do")
                                        .optional(),
                                parameterWithName("mine")
                                        .description("`true`: only what you may do and nobody else has taken")
                                        .optional()),
                        responseFields(pageOf(task()))));
    }
}
