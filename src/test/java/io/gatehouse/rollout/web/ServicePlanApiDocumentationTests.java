package io.gatehouse.rollout.web;

import static io.gatehouse.testing.Snippets.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.headers.HeaderDocumentation.headerWithName;
import static org.springframework.restdocs.headers.HeaderDocumentation.requestHeaders;
import static org.springframework.restdocs.headers.HeaderDocumentation.responseHeaders;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.request.RequestDocumentation.parameterWithName;
import static org.springframework.restdocs.request.RequestDocumentation.pathParameters;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.jayway.jsonpath.JsonPath;
import io.gatehouse.testing.ApiDocumentationTest;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@ApiDocumentationTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServicePlanApiDocumentationTests {

    private static final String RESOURCE = "service-plans";
    private static final String SERVICE = "python-novaclient";

    @Autowired
    private MockMvcTester mvc;

    @Test
    @Order(1)
    void planService() {
        assertThat(
                        mvc.put()
                                .uri("/api/v1/services/{key}/rollout-plan", SERVICE)
                                .with(httpBasic("rolf", "rolf-sample"))
                                .header("If-None-Match", "*")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        """
                                {
                                  "process": "Rollout",
                                  "steps": [
                                    {
                                      "stage": "DEPLOY_APPLICATION",
                                      "name": "Unpack the new version",
                                      "connector": "sample-deploy",
                                      "target": "site",
                                      "parameters": {"part": "application", "version": "${artifact.version}"},
                                      "undo": {
                                        "connector": "sample-undo",
                                        "parameters": {"part": "application", "version": "${artifact.version}"}
                                      }
                                    }
                                  ],
                                  "soak": "PT1H"
                                }"""))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("key").description("Key of the service")),
                        requestHeaders(headerWithName("If-None-Match")
                                .description(
                                        "`*` for the first plan; later `If-Match` with the `ETag` that was read"))));
    }

    @Test
    @Order(2)
    void showServicePlan() {
        assertThat(mvc.get().uri("/api/v1/services/{key}/rollout-plan", SERVICE).with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        responseHeaders(headerWithName("ETag").description("Version, to be sent in `If-Match`"))));
    }

    @Test
    @Order(3)
    void takeOverServicePlan() throws UnsupportedEncodingException {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        MvcTestResult raised = post(
                "/api/v1/changes",
                """
                {"type": "NORMAL", "change": {"title": "Upgrade the client", "services": ["python-novaclient"],
                 "environment": "dev", "window": {"startsAt": "%s", "endsAt": "%s"},
                 "artifacts": [{"service": "python-novaclient", "version": "18.8.0"}]}}"""
                        .formatted(hour, hour.plus(5, ChronoUnit.HOURS)));
        String change = JsonPath.read(raised.getResponse().getContentAsString(), "$.number");

        assertThat(post("/api/v1/changes/{number}/rollout-plan", "{\"service\": \"python-novaclient\"}", change))
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        pathParameters(parameterWithName("number").description("Number of the change")),
                        requestFields(fieldWithPath("service").description("A service of the change, with a plan"))));
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
