package io.gatehouse.rollout.web;

import static io.gatehouse.testing.Snippets.operation;
import static io.gatehouse.testing.Snippets.pageOf;
import static io.gatehouse.testing.Snippets.pageParameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.headers.HeaderDocumentation.headerWithName;
import static org.springframework.restdocs.headers.HeaderDocumentation.requestHeaders;
import static org.springframework.restdocs.headers.HeaderDocumentation.responseHeaders;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.subsectionWithPath;
import static org.springframework.restdocs.request.RequestDocumentation.parameterWithName;
import static org.springframework.restdocs.request.RequestDocumentation.pathParameters;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.gatehouse.testing.ApiDocumentationTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class PlanTemplatesApiDocumentationTests {

    private static final String RESOURCE = "rollout-plan-templates";
    private static final String ONE = "/api/v1/rollout-plan-templates/{key}";

    private static final String PLAN =
            """
            {
              "process": "Rollout",
              "steps": [
                {
                  "stage": "DEPLOY_APPLICATION",
                  "name": "Upgrade ${service}",
                  "manual": {
                    "instructions": "Install ${service} ${artifact.version} in ${environment}, then restart it",
                    "checklist": ["It answers"]
                  },
                  "target": "${environment}",
                  "undo": {"manual": {"instructions": "Install what was there before", "checklist": ["It answers"]}}
                }
              ],
              "checklist": ["${service} answers its version"],
              "soak": "PT1H"
            }""";

    @Autowired
    private MockMvcTester mvc;

    private MockMvcTester.MockMvcRequestBuilder put(String header, String value) {
        return mvc.put()
                .uri(ONE, "aa-by-hand")
                .with(httpBasic("rolf", "rolf-sample"))
                .header(header, value)
                .contentType(MediaType.APPLICATION_JSON)
                .content(PLAN);
    }

    @Test
    void writePlanTemplate() {
        assertThat(put("If-None-Match", "*"))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("key").description("What the plan is called")),
                        requestHeaders(headerWithName("If-None-Match")
                                .description("`*` for a new one; later `If-Match` with the `ETag` that was read"))));
    }

    @Test
    void showPlanTemplate() {
        assertThat(put("If-None-Match", "*")).hasStatus(201);
        assertThat(mvc.get().uri(ONE, "aa-by-hand").with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        responseHeaders(headerWithName("ETag").description("Version, to be sent in `If-Match`"))));
    }

    @Test
    void listPlanTemplates() {
        assertThat(put("If-None-Match", "*")).hasStatus(201);
        assertThat(mvc.get().uri("/api/v1/rollout-plan-templates?limit=1").with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pageParameters(),
                        responseFields(pageOf(List.of(
                                fieldWithPath("key").description("What it is called"),
                                fieldWithPath("version").description("How often it was written"),
                                subsectionWithPath("plan").description("As in <<rollouts-plan>>"))))));
    }
}
