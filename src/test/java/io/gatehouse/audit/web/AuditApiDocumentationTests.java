package io.gatehouse.audit.web;

import static io.gatehouse.testing.Snippets.operation;
import static io.gatehouse.testing.Snippets.pageOf;
import static io.gatehouse.testing.Snippets.pageParameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.gatehouse.testing.ApiDocumentationTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class AuditApiDocumentationTests {

    private static final String RESOURCE = "audit";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcTemplate jdbc;

    private static List<FieldDescriptor> difference() {
        return List.of(
                fieldWithPath("id").description("Its place in the list"),
                fieldWithPath("object")
                        .description(
                                "Number of the change, or `template-` and the key of a template, `plan-of-` and that of a service"),
                fieldWithPath("kind").description("What was done, as far as it can be told"),
                fieldWithPath("sentence").description("What is there and what the trail says"),
                fieldWithPath("foundAt").description("Since when it is known"));
    }

    @Test
    void listDifferences() {
        jdbc.update(
                """
                insert into audit_difference (object, kind, sentence, found_at)
                values ('CHG-000007', 'STATE', 'It is SCHEDULED, but entry 812 left it AUTHORIZE.', ?)""",
                java.time.LocalDateTime.of(2026, 11, 24, 9, 30));

        assertThat(mvc.get().uri("/api/v1/audit/differences?limit=1").with(httpBasic("alma", "alma-sample")))
                .hasStatusOk()
                .apply(operation(RESOURCE, pageParameters(), responseFields(pageOf(difference()))));
    }

    @Test
    void compareEverything() {
        assertThat(mvc.get().uri("/api/v1/audit/comparison").with(httpBasic("alma", "alma-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        responseFields(
                                fieldWithPath("found").description("How many rows are not as the audit trail says"),
                                fieldWithPath("differences")
                                        .description("The first 200 of them, with `object`, `kind` and `sentence`"))));
    }

    @Test
    void isForThoseWhoAuditOnly() {
        assertThat(mvc.get().uri("/api/v1/audit/differences").with(httpBasic("mona", "mona-sample")))
                .hasStatus(403);
        assertThat(mvc.get().uri("/api/v1/audit/comparison").with(httpBasic("rita", "rita-sample")))
                .hasStatus(403);
    }
}
