package io.gatehouse.breakglass.web;

import static io.gatehouse.testing.Snippets.operation;
import static io.gatehouse.testing.Snippets.pageOf;
import static io.gatehouse.testing.Snippets.pageParameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.restdocs.headers.HeaderDocumentation.headerWithName;
import static org.springframework.restdocs.headers.HeaderDocumentation.responseHeaders;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.requestFields;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.restdocs.request.RequestDocumentation.parameterWithName;
import static org.springframework.restdocs.request.RequestDocumentation.pathParameters;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.gatehouse.breakglass.BreakGlassDriver;
import io.gatehouse.testing.ApiDocumentationTest;
import io.gatehouse.testing.InsideTheEngine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.restdocs.request.PathParametersSnippet;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class BreakGlassApiDocumentationTests {

    private static final String RESOURCE = "break-glass";
    private static final String ADDRESS = "/api/v1/break-glass";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private ApplicationContext context;

    private String change = "";

    @BeforeEach
    void aChangeWhoseJobHasFailed() {
        BreakGlassDriver driver = new BreakGlassDriver(context);
        change = driver.scheduledChange();
        // A failure would be written in a transaction of its own, which does not see this one.
        String job = driver.job(change).getId();
        InsideTheEngine.run(context.getBean(ProcessEngine.class), () -> context.getBean(ManagementService.class)
                .setJobRetries(job, 0));
    }

    private static List<FieldDescriptor> shown() {
        return List.of(
                fieldWithPath("number").description("Its number"),
                fieldWithPath("state")
                        .description("`ASKED`, `GRANTED`, `REFUSED`, `WITHDRAWN`, `LAPSED`, `ENDED` or `REVIEWED`; only"
                                + " `GRANTED` lets anything be done"),
                fieldWithPath("target").description("The number of the one process it is about"),
                fieldWithPath("actions[].kind").description("What may be done"),
                fieldWithPath("actions[].at")
                        .description("The box or event it is about")
                        .optional()
                        .type("String"),
                fieldWithPath("actions[].to")
                        .description("The box or event the token is moved to")
                        .optional()
                        .type("String"),
                fieldWithPath("actions[].variable")
                        .description("The variable that gets another value")
                        .optional()
                        .type("String"),
                fieldWithPath("actions[].value")
                        .description("That value")
                        .optional()
                        .type("String"),
                fieldWithPath("actions[].usedAt")
                        .description("When it was done; it is done once")
                        .optional()
                        .type("String"),
                fieldWithPath("reason").description("Why it is needed"),
                fieldWithPath("incident").description("What for, by its reference elsewhere"),
                fieldWithPath("expiresAt").description("From then on nothing may be done any more"),
                fieldWithPath("askedBy").description("Who asked, and alone may use it"),
                fieldWithPath("askedAt").description("When"),
                said("decidedBy", "The second person"),
                said("decidedAt", "When they decided"),
                said("decisionReason", "Why they decided so"),
                said("endedBecause", "`SPENT`, `EXPIRED`, `ENDED_EARLY` or `PROCESS_LOST`, once a granted one is over"),
                said("endedAt", "When it was over"),
                said("outcome", "`JUSTIFIED` or `NOT_JUSTIFIED`, once it is reviewed"),
                said("toMend", "What is to be mended, so that nobody needs it again"),
                said("reviewedBy", "The third person"),
                said("reviewedAt", "When they reviewed it"),
                fieldWithPath("freezeOverride.freeze")
                        .description("Number of the freeze that was overridden, once it is")
                        .optional()
                        .type("Number"),
                said("freezeOverride.until", "From then on it holds again"),
                said("freezeOverride.endedBy", "Who had it hold again before"),
                said("freezeOverride.endedAt", "When"),
                said("freezeOverride.endedBecause", "Why"));
    }

    private static FieldDescriptor said(String field, String description) {
        return fieldWithPath(field).description(description).optional().type("String");
    }

    private static PathParametersSnippet number() {
        return pathParameters(parameterWithName("number").description("Number of the break-glass"));
    }

    private MockMvcRequestBuilder asked() {
        return as("oskar", ADDRESS)
                .content(
                        """
                        {"target": "%s", "actions": [{"kind": "SET_RETRIES", "at": "Event_WindowOpened"}],
                         "reason": "The database was away for an hour", "incident": "INC-4711", "expiresAt": "%s"}"""
                                .formatted(
                                        change,
                                        Instant.now()
                                                .plus(Duration.ofMinutes(30))
                                                .truncatedTo(ChronoUnit.SECONDS)));
    }

    private MockMvcRequestBuilder as(String person, String address, Object... variables) {
        return mvc.post()
                .uri(address, variables)
                .with(httpBasic(person, person + "-sample"))
                .contentType(MediaType.APPLICATION_JSON);
    }

    private String number(MockMvcRequestBuilder request) {
        String address = String.valueOf(request.exchange().getResponse().getHeader("Location"));
        return address.substring(address.lastIndexOf('/') + 1);
    }

    private String granted() {
        String number = number(asked());
        assertThat(decision(number)).hasStatusOk();
        return number;
    }

    private MockMvcRequestBuilder decision(String number) {
        return as("rolf", ADDRESS + "/{number}/decision", number)
                .content("{\"decision\": \"GRANT\", \"reason\": \"The change has to go out today\"}");
    }

    private MockMvcRequestBuilder use(String number) {
        return as("oskar", ADDRESS + "/{number}/actions", number).content("{\"kind\": \"SET_RETRIES\"}");
    }

    @Test
    void askBreakGlass() {
        assertThat(asked())
                .hasStatus(201)
                .apply(operation(
                        RESOURCE,
                        requestFields(
                                fieldWithPath("target").description("The number of the one process it is about"),
                                fieldWithPath("actions[].kind").description("What is to be done; each kind once"),
                                fieldWithPath("actions[].at")
                                        .description("Where, by the id in the diagram; which details a kind needs is"
                                                + " below")
                                        .optional()
                                        .type("String"),
                                fieldWithPath("reason").description("Why, at most 1,000 characters"),
                                fieldWithPath("incident").description("What for, at most 100 characters"),
                                fieldWithPath("expiresAt").description("Until when, at most an hour from now")),
                        responseHeaders(
                                headerWithName("Location").description("Address of the break-glass"),
                                headerWithName("ETag").description("Its version")),
                        responseFields(shown())));
    }

    @Test
    void listBreakGlass() {
        number(asked());
        assertThat(mvc.get().uri(ADDRESS + "?state=ASKED&limit=1").with(httpBasic("alma", "alma-sample")))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        pageParameters(parameterWithName("state")
                                .description("Only those in this state")
                                .optional()),
                        responseFields(pageOf(shown()))));
    }

    @Test
    void showBreakGlass() {
        assertThat(mvc.get().uri(ADDRESS + "/{number}", granted()).with(httpBasic("alma", "alma-sample")))
                .hasStatusOk()
                .apply(operation(RESOURCE, number(), responseFields(shown())));
    }

    @Test
    void decideOnBreakGlass() {
        assertThat(decision(number(asked())))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        number(),
                        requestFields(
                                fieldWithPath("decision").description("`GRANT` or `REFUSE`"),
                                fieldWithPath("reason").description("Why, at most 1,000 characters")),
                        responseFields(shown())));
    }

    @Test
    void useBreakGlass() {
        assertThat(use(granted()))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        number(),
                        requestFields(fieldWithPath("kind").description("Which of the named actions")),
                        responseFields(shown())));
    }

    @Test
    void refuseUse() {
        String number = granted();
        assertThat(as("rolf", ADDRESS + "/{number}/actions", number).content("{\"kind\": \"SET_RETRIES\"}"))
                .hasStatus(403)
                .apply(operation(RESOURCE));
    }

    @Test
    void endBreakGlass() {
        assertThat(as("oskar", ADDRESS + "/{number}/end", granted()))
                .hasStatusOk()
                .apply(operation(RESOURCE, number(), responseFields(shown())));
    }

    @Test
    void endOverride() {
        String freeze = String.valueOf(as("mona", "/api/v1/freezes")
                .content(
                        """
                        {"name": "Sale", "reason": "Much to do", "startsAt": "%s", "endsAt": "%s"}"""
                                .formatted(Instant.now(), Instant.now().plus(Duration.ofHours(9))))
                .exchange()
                .getResponse()
                .getHeader("Location"));
        String number = number(as("oskar", ADDRESS)
                .content(
                        """
                        {"target": "%s", "actions": [{"kind": "OVERRIDE_FREEZE", "at": "%s"}],
                         "reason": "Orders are lost", "incident": "INC-4711", "expiresAt": "%s"}"""
                                .formatted(
                                        change,
                                        freeze.substring(freeze.lastIndexOf('/') + 1),
                                        Instant.now().plus(Duration.ofMinutes(30)))));
        assertThat(decision(number)).hasStatusOk();
        assertThat(override(number)).hasStatus(409).bodyText().contains("no-freeze-override");
        assertThat(as("oskar", ADDRESS + "/{number}/actions", number).content("{\"kind\": \"OVERRIDE_FREEZE\"}"))
                .hasStatusOk();

        assertThat(override(number))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        number(),
                        requestFields(fieldWithPath("reason").description("Why, at most 1,000 characters")),
                        responseFields(shown())))
                .bodyJson()
                .extractingPath("$.freezeOverride.endedBy")
                .isEqualTo("rolf");
        assertThat(mvc.get().uri(ADDRESS + "?limit=1").with(httpBasic("alma", "alma-sample")))
                .bodyJson()
                .extractingPath("$.items[0].freezeOverride.endedBecause")
                .isEqualTo("The orders are safe");
    }

    private MockMvcRequestBuilder override(String number) {
        return as("rolf", ADDRESS + "/{number}/override-end", number).content("{\"reason\": \"The orders are safe\"}");
    }

    @Test
    void reviewBreakGlass() {
        String number = granted();
        assertThat(use(number)).hasStatusOk();
        assertThat(as("mona", ADDRESS + "/{number}/review", number)
                        .content("{\"outcome\": \"JUSTIFIED\", \"toMend\": \"Wait longer for the database\"}"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        number(),
                        requestFields(
                                fieldWithPath("outcome").description("`JUSTIFIED` or `NOT_JUSTIFIED`"),
                                fieldWithPath("toMend").description("What is to be mended, at most 2,000 characters")),
                        responseFields(shown())));
    }
}
