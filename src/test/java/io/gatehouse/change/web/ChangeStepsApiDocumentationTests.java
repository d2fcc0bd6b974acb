package io.gatehouse.change.web;

import static io.gatehouse.change.web.ChangeFields.change;
import static io.gatehouse.change.web.ChangeFields.flag;
import static io.gatehouse.change.web.ChangeFields.text;
import static io.gatehouse.testing.Snippets.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;

import io.gatehouse.testing.ApiDocumentationTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class ChangeStepsApiDocumentationTests {

    private static final String RESOURCE = "change-steps";
    private static final String REASON = "{\"reason\": \"The package was built from the wrong branch\"}";
    private static final FieldDescriptor[] DECISION = {
        fieldWithPath("decision").description("`APPROVE` or `REJECT`"),
        fieldWithPath("reason").description("Why; everybody reads it")
    };

    @Autowired
    private MockMvcTester mvc;

    private ChangeCalls calls;

    @BeforeEach
    void calls() {
        calls = new ChangeCalls(mvc);
    }

    private static void documented(MockMvcRequestBuilder request, FieldDescriptor... fields) {
        if (fields.length == 0) {
            assertThat(request).hasStatusOk().apply(operation(RESOURCE, responseFields(change())));
        } else {
            assertThat(request)
                    .hasStatusOk()
                    .apply(operation(RESOURCE, requestFields(fields), responseFields(change())));
        }
    }

    private static FieldDescriptor reason() {
        return fieldWithPath("reason").description("Why, at most 1,000 characters");
    }

    @Test
    void submit() {
        documented(calls.step("rita", calls.raised(false, ChangeCalls.LATER), "submission", ""));
    }

    @Test
    void reclassify() {
        documented(
                calls.step(
                        "rita",
                        calls.raised(false, ChangeCalls.LATER),
                        "reclassification",
                        "{\"type\": \"EMERGENCY\"}"),
                fieldWithPath("type").description("`NORMAL` or `EMERGENCY`"));
    }

    @Test
    void revise() {
        documented(calls.step("rita", calls.technicallyReviewed(ChangeCalls.LATER), "revision", REASON), reason());
    }

    @Test
    void hold() {
        documented(calls.step("rita", calls.technicallyReviewed(ChangeCalls.LATER), "hold", REASON), reason());
    }

    @Test
    void resume() {
        String number = calls.technicallyReviewed(ChangeCalls.LATER);
        calls.done("rita", number, "hold", REASON);
        documented(calls.step("rita", number, "resumption", ""));
    }

    @Test
    void cancel() {
        documented(calls.step("rita", calls.technicallyReviewed(ChangeCalls.LATER), "cancellation", ""));
    }

    @Test
    void reviewTechnically() {
        String number = calls.raised(true, ChangeCalls.LATER);
        documented(
                calls.step("theo", number, "technical-reviews", ChangeCalls.said("Ran in staging for a week")),
                DECISION);
    }

    @Test
    void approve() {
        String body = "{\"seat\": \"ops-lead\", \"decision\": \"APPROVE\", \"reason\": \"We are staffed\"}";
        documented(
                calls.step("oskar", calls.technicallyReviewed(ChangeCalls.LATER), "approvals", body),
                text("seat", "The role you answer for; needed only if you have several of those that are asked"),
                DECISION[0],
                DECISION[1]);
    }

    @Test
    void reportImplementation() {
        documented(
                calls.step(
                        "oskar",
                        calls.underImplementation(),
                        "implementation-reports",
                        """
                        {"result": "SUCCESSFUL", "rolledBack": false}"""),
                fieldWithPath("result").description("`SUCCESSFUL`, `SUCCESSFUL_WITH_ISSUES` or `UNSUCCESSFUL`"),
                flag("rolledBack", "Whether it was undone"));
    }

    @Test
    void review() {
        documented(
                calls.step(
                        "mona",
                        calls.implemented(),
                        "reviews",
                        """
                        {"closeCode": "SUCCESSFUL", "lessons": "Announce it a day earlier"}"""),
                fieldWithPath("closeCode").description("The verdict, as in the report above"),
                fieldWithPath("lessons").description("What is done better the next time"));
    }
}
