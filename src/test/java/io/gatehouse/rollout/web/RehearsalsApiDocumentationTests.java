package io.gatehouse.rollout.web;

import static io.gatehouse.testing.Snippets.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.restdocs.request.RequestDocumentation.parameterWithName;
import static org.springframework.restdocs.request.RequestDocumentation.pathParameters;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.jayway.jsonpath.JsonPath;
import io.gatehouse.testing.ApiDocumentationTest;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@ApiDocumentationTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RehearsalsApiDocumentationTests {

    private static final String RESOURCE = "rehearsals";

    @Autowired
    private MockMvcTester mvc;

    private String change = "";

    @Test
    @Order(1)
    void rehearse() throws UnsupportedEncodingException {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.DAYS);
        MvcTestResult raised = post(
                "/api/v1/changes",
                """
                {"type": "NORMAL", "change": {"title": "Upgrade the client", "services": ["python-novaclient"],
                 "environment": "production", "window": {"startsAt": "%s", "endsAt": "%s"},
                 "artifacts": [{"service": "python-novaclient", "version": "18.9.0"}]}}"""
                        .formatted(hour, hour.plus(5, ChronoUnit.HOURS)));
        change = JsonPath.read(raised.getResponse().getContentAsString(), "$.number");
        String told = "{\"part\": \"${environment}-application\", \"version\": \"${artifact.version}\"}";
        assertThat(mvc.put()
                        .uri("/api/v1/changes/{number}/rollout-plan", change)
                        .with(httpBasic("rita", "rita-sample"))
                        .header("If-None-Match", "*")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(
                                """
                        {"process": "Rollout", "steps": [{"stage": "DEPLOY_APPLICATION", "name": "Unpack",
                          "connector": "sample-deploy", "target": "site", "parameters": %s,
                          "undo": {"connector": "sample-undo", "parameters": %s}}]}"""
                                        .formatted(told, told)))
                .hasStatus(201);

        Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        assertThat(post(
                        "/api/v1/changes/{number}/rehearsals",
                        """
                        {
                          "environment": "staging",
                          "window": {"startsAt": "%s", "endsAt": "%s"}
                        }"""
                                .formatted(now, now.plus(2, ChronoUnit.HOURS)),
                        change))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("number").description("Number of the change to try out")),
                        requestFields(
                                fieldWithPath("environment").description("Key of the environment to try it out in"),
                                optional("window.startsAt", "When it may begin; now, unless said"),
                                optional("window.endsAt", "A day later, unless said")),
                        responseFields(rehearsal(""))));
    }

    @Test
    @Order(2)
    void listRehearsals() {
        assertThat(mvc.get().uri("/api/v1/changes/{number}/rehearsals", change).with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(RESOURCE, responseFields(rehearsal("[]."))));
    }

    private static FieldDescriptor[] rehearsal(String path) {
        return Stream.of(
                        fieldWithPath("change").description("Number of the change that rehearses"),
                        fieldWithPath("rehearses").description("Number of the change whose plan is tried out"),
                        fieldWithPath("environment").description("Where"),
                        fieldWithPath("requester").description("Who began it"),
                        fieldWithPath("raisedAt").description("When"),
                        fieldWithPath("result").description("`PENDING`, `PASSED` or `FAILED`"),
                        optional("rollout", "Number of its rollout, once there is one"),
                        fieldWithPath("current")
                                .description(
                                        "Whether the change still has the plan, and brings what it brought, when it began"))
                .map(field -> path.isEmpty() ? field : under(path, field))
                .toArray(FieldDescriptor[]::new);
    }

    private static FieldDescriptor under(String path, FieldDescriptor field) {
        FieldDescriptor moved = fieldWithPath(path + field.getPath()).description(field.getDescription());
        return field.isOptional() ? moved.optional().type("String") : moved;
    }

    private static FieldDescriptor optional(String path, String description) {
        return fieldWithPath(path).description(description).optional().type("String");
    }

    private MvcTestResult post(String address, String body, Object... variables) {
        return mvc.post()
                .uri(address, variables)
                .with(httpBasic("rita", "rita-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
