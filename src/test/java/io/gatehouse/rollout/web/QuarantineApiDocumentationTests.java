package io.gatehouse.rollout.web;

import static io.gatehouse.testing.Snippets.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.gatehouse.testing.ApiDocumentationTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class QuarantineApiDocumentationTests {

    private static final String RESOURCE = "quarantine";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void begin() {
        jdbc.update("insert into rollout_quarantine (quarantine_name, begun_at)"
                + " values ('restored-2026-11-30', timestamp '2026-11-30 08:00:00')");
    }

    @Test
    void showQuarantine() {
        assertThat(mvc.get()
                        .uri("/api/v1/quarantine")
                        .with(httpBasic("rita", "rita-sample"))
                        .exchange())
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        responseFields(
                                fieldWithPath("inForce").description("Whether tools are held back"),
                                fieldWithPath("restores[].name").description("What the operator called the restore"),
                                fieldWithPath("restores[].since").description("When the first node started after it"),
                                fieldWithPath("rollouts")
                                        .description("Rollouts that are not over, to be looked at in their tools"))));
    }

    @Test
    void releaseQuarantine() {
        assertThat(mvc.post()
                        .uri("/api/v1/quarantine/release")
                        .with(httpBasic("rolf", "rolf-sample"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"reason\": \"ROL-000007 has not gone on since the backup\"}")
                        .exchange())
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(fieldWithPath("reason")
                                .description("What was found in the tools, at most 900 characters"))));
    }
}
