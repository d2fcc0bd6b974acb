package io.gatehouse.rollout.web;

import static io.gatehouse.testing.Snippets.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.subsectionWithPath;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.gatehouse.testing.ApiDocumentationTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@ApiDocumentationTest
class RolloutPlanDraftsApiDocumentationTests {

    private static final String RESOURCE = "rollout-plan-drafts";

    @Autowired
    private MockMvcTester mvc;

    @Test
    void draftAllAtOnce() {
        assertThat(
                        draft(
                                """
                        {
                          "strategy": "ALL_AT_ONCE",
                          "deploy": {
                            "connector": "sample-deploy",
                            "target": "{targets}",
                            "parameters": {"part": "application", "version": "${artifact.version}"},
                            "undo": {
                              "connector": "sample-undo",
                              "parameters": {"part": "application", "version": "${artifact.version}"}
                            }
                          },
                          "targets": ["web-1", "web-2", "web-3"]
                        }"""))
                .hasStatusOk()
                .apply(operation(RESOURCE, requestFields(fields(List.of(targets())))));
    }

    @Test
    void draftRolling() {
        assertThat(
                        draft(
                                """
                        {
                          "strategy": "ROLLING",
                          "deploy": {
                            "connector": "sample-deploy",
                            "target": "{targets}",
                            "parameters": {"part": "{targets}", "version": "${artifact.version}"},
                            "undo": {
                              "connector": "sample-undo",
                              "parameters": {"part": "{targets}", "version": "${artifact.version}"}
                            },
                            "runbook": "Watch the queue while a part restarts.",
                            "expectedDuration": "PT2M"
                          },
                          "targets": ["application", "workers"],
                          "maxUnavailable": "50%",
                          "check": {
                            "connector": "sample-check",
                            "target": "{targets}",
                            "parameters": {"part": "{targets}", "version": "${artifact.version}"},
                            "expectedDuration": "PT10S"
                          },
                          "soak": "PT1H"
                        }"""))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fields(List.of(
                                targets(),
                                fieldWithPath("maxUnavailable")
                                        .description("How many targets may be out of service at the same time: a count,"
                                                + " or a part of all (`25%`), rounded down to at least one")))),
                        responseFields(
                                subsectionWithPath("steps").description("As in <<rollouts-plan>>"),
                                fieldWithPath("process").description("`Rollout`"),
                                subsectionWithPath("parameters").description("None"),
                                fieldWithPath("checklist").description("As given"),
                                fieldWithPath("soak").description("As given"),
                                fieldWithPath("onFailedVerification")
                                        .description("`ROLL_BACK`; to be asked, write `ASK`"))));
    }

    @Test
    void draftBlueGreen() {
        assertThat(
                        draft(
                                """
                        {
                          "strategy": "BLUE_GREEN",
                          "deploy": {
                            "connector": "sample-deploy",
                            "target": "{colour}",
                            "parameters": {"part": "{colour}", "version": "${artifact.version}"},
                            "undo": {
                              "connector": "sample-undo",
                              "parameters": {"part": "{colour}", "version": "${artifact.version}"}
                            }
                          },
                          "check": {
                            "connector": "sample-check",
                            "target": "{colour}",
                            "parameters": {"part": "{colour}", "version": "${artifact.version}"}
                          },
                          "traffic": {
                            "connector": "sample-traffic",
                            "target": "{colour}",
                            "parameters": {"to": "{colour}"}
                          },
                          "live": "blue",
                          "idle": "green",
                          "soak": "PT1H"
                        }"""))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fields(List.of(
                                fieldWithPath("live").description("The colour that has the traffic"),
                                fieldWithPath("idle").description("The colour that gets the new version"),
                                subsectionWithPath("traffic")
                                        .description("What gives the traffic to `{colour}`; the same takes it back"),
                                soakNeeded())))));
    }

    @Test
    void draftCanary() {
        assertThat(
                        draft(
                                """
                        {
                          "strategy": "CANARY",
                          "deploy": {
                            "connector": "sample-deploy",
                            "target": "canary",
                            "parameters": {"part": "application", "version": "${artifact.version}"},
                            "undo": {
                              "connector": "sample-undo",
                              "parameters": {"part": "application", "version": "${artifact.version}"}
                            }
                          },
                          "traffic": {
                            "connector": "sample-traffic",
                            "target": "canary",
                            "parameters": {"to": "{percent}"}
                          },
                          "verdict": {
                            "connector": "sample-check",
                            "target": "canary",
                            "parameters": {"part": "application", "version": "${artifact.version}"},
                            "expectedDuration": "PT10M"
                          },
                          "percentages": [5, 25, 50]
                        }"""))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fields(List.of(
                                subsectionWithPath("traffic")
                                        .description(
                                                "What gives `{percent}` of the traffic to the new version; the same"
                                                        + " takes it back to the part before"),
                                subsectionWithPath("verdict")
                                        .description("What tells at each part whether to go on: it fails if not"),
                                fieldWithPath("percentages")
                                        .description("The parts of the traffic, rising; all of it comes last"))))));
    }

    private static FieldDescriptor targets() {
        return fieldWithPath("targets")
                .description("Where, each once; a step names its own as `{targets}`, with commas");
    }

    private static FieldDescriptor soakNeeded() {
        return fieldWithPath("soak").description("How long the old colour is kept, at least; must be given");
    }

    private static List<FieldDescriptor> fields(List<FieldDescriptor> special) {
        return Stream.concat(special.stream(), common().filter(field -> special.stream()
                        .noneMatch(other -> other.getPath().equals(field.getPath()))))
                .toList();
    }

    private static Stream<FieldDescriptor> common() {
        return Stream.of(
                fieldWithPath("strategy").description("`ALL_AT_ONCE`, `ROLLING`, `BLUE_GREEN` or `CANARY`"),
                subsectionWithPath("deploy")
                        .description("What brings the new version out, with `undo` or `cannotBeUndone`, as in a step"),
                subsectionWithPath("check")
                        .description("What looks whether it works, as in a step")
                        .optional()
                        .type("Object"),
                fieldWithPath("checklist")
                        .description("What a person verifies before it counts as deployed")
                        .optional()
                        .type("Array"),
                fieldWithPath("soak")
                        .description("How long it is watched and may be rolled back, ISO 8601")
                        .optional()
                        .type("String"));
    }

    private MvcTestResult draft(String body) {
        return mvc.post()
                .uri("/api/v1/rollout-plan-drafts")
                .with(httpBasic("rita", "rita-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
