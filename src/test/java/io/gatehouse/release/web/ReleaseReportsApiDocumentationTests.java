package io.gatehouse.release.web;

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
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.jayway.jsonpath.JsonPath;
import io.gatehouse.testing.ApiDocumentationTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.annotation.Transactional;

@ApiDocumentationTest
@Transactional
class ReleaseReportsApiDocumentationTests {

    private static final String RESOURCE = "release-reports";
    private static final String ONE = "/api/v1/releases/{number}";

    private static final String RELEASE =
            """
            {
              "name": "Gazpacho, compute",
              "manager": "rolf",
              "readyOn": "2030-04-01",
              "environment": "production",
              "window": {"startsAt": "2030-04-03T20:00:00Z", "endsAt": "2030-04-03T23:00:00Z"},
              "plans": {"backout": "Switch back to 30.1.0"},
              "questionnaire": {"backoutTested": true},
              "items": [{"service": "nova", "version": "31.0.0"}]
            }""";

    private static final String BUDGET =
            """
            {"hours": 400, "money": {"amount": 12500.00, "currency": "EUR"}}""";

    private static final String BOOKING =
            """
            {
              "spentOn": "2026-03-02",
              "hours": 7.5,
              "money": {"amount": 240.90, "currency": "EUR"},
              "what": "Load tests, and the machines for them"
            }""";

    @Autowired
    private MockMvcTester mvc;

    private String number = "";

    @BeforeEach
    void release() {
        MvcTestResult planned = post("/api/v1/releases", RELEASE).exchange();
        assertThat(planned).hasStatus(201);
        number = JsonPath.read(text(planned), "$.number");
    }

    private static String text(MvcTestResult answer) {
        return new String(answer.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    private MockMvcRequestBuilder post(String path, String body, Object... values) {
        return mvc.post()
                .uri(path, values)
                .with(httpBasic("rolf", "rolf-sample"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private MockMvcRequestBuilder get(String path) {
        return mvc.get().uri(ONE + path, number).with(httpBasic("rita", "rita-sample"));
    }

    private MockMvcRequestBuilder put(String precondition, String value) {
        return mvc.put()
                .uri(ONE + "/budget", number)
                .with(httpBasic("rolf", "rolf-sample"))
                .header(precondition, value)
                .contentType(MediaType.APPLICATION_JSON)
                .content(BUDGET);
    }

    private void budget() {
        assertThat(put("If-None-Match", "*")).hasStatus(201);
    }

    private long booked() {
        MvcTestResult answer = post(ONE + "/bookings", BOOKING, number).exchange();
        assertThat(answer).hasStatusOk();
        return ((Number) JsonPath.read(text(answer), "$.id")).longValue();
    }

    private static FieldDescriptor field(String path, String description) {
        return fieldWithPath(path).description(description);
    }

    private static FieldDescriptor maybe(String path, String type, String description) {
        return field(path, description).optional().type(type);
    }

    private static List<FieldDescriptor> planned() {
        return List.of(
                field("hours", "Planned hours of people's work, with at most two decimals"),
                field("money.amount", "Planned money, with at most as many decimals as the currency has"),
                field("money.currency", "Code of ISO 4217; once something is booked it stays"));
    }

    private static List<FieldDescriptor> spent() {
        return List.of(
                field("spent.hours", "The hours of all bookings together"),
                field("spent.money.amount", "Their money together"),
                field("spent.money.currency", "That of the budget"));
    }

    private static List<FieldDescriptor> bookingInput() {
        return List.of(
                field("spentOn", "The day, not in the future"),
                field("hours", "Hours of people's work; 0 if it was money only"),
                field("money.amount", "Money; 0 if it was work only"),
                field("money.currency", "That of the budget"),
                field("what", "For what, at most 500 characters"));
    }

    private static List<FieldDescriptor> booking() {
        return Stream.of(
                        List.of(field("id", "What to name it by")),
                        bookingInput(),
                        List.of(
                                field("bookedBy", "Who booked it"),
                                field("bookedAt", "When, in UTC"),
                                maybe("reverses", "Number", "Id of the booking that it takes back")))
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void setBudget() {
        budget();
        assertThat(put("If-Match", "\"1\""))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestHeaders(headerWithName("If-Match")
                                .description("The version that was read; `If-None-Match: *` for the first one")),
                        requestFields(planned()),
                        responseHeaders(headerWithName("ETag").description("Version, to be sent in `If-Match`")),
                        responseFields(Stream.concat(planned().stream(), spent().stream())
                                .toList())));
    }

    @Test
    void showBudget() {
        budget();
        booked();
        assertThat(get("/budget"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        responseFields(Stream.concat(planned().stream(), spent().stream())
                                .toList())));
    }

    @Test
    void bookSpend() {
        budget();
        assertThat(post(ONE + "/bookings", BOOKING, number))
                .hasStatusOk()
                .apply(operation(RESOURCE, requestFields(bookingInput()), responseFields(booking())));
    }

    @Test
    void reverseBooking() {
        budget();
        assertThat(post(
                        ONE + "/bookings/{id}/reversal",
                        "{\"reason\": \"It was for another release\"}",
                        number,
                        booked()))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        requestFields(field("reason", "Why, at most 500 characters; the `what` of the new booking")),
                        responseFields(booking())));
    }

    @Test
    void listBookings() {
        budget();
        booked();
        booked();
        assertThat(mvc.get().uri(ONE + "/bookings?limit=1", number).with(httpBasic("rita", "rita-sample")))
                .hasStatusOk()
                .apply(operation(RESOURCE, pageParameters(), responseFields(pageOf(booking()))));
    }

    @Test
    void showProgress() {
        budget();
        booked();
        assertThat(get("/progress"))
                .hasStatusOk()
                .apply(operation(
                        RESOURCE,
                        responseFields(
                                field("asOf", "The moment of which all of this is said"),
                                field("donePercent", "How much of the planned time of its stages is behind it"),
                                field("plannedEnd", "When its window ends"),
                                field(
                                                "forecast.likely",
                                                "When it is in production, as likely earlier as later; there"
                                                        + " is no `forecast` once it is")
                                        .optional(),
                                maybe("forecast.earliest", "String", "With one chance in ten it is before"),
                                maybe("forecast.latest", "String", "With one chance in ten it is after"),
                                field("method", "On what the forecast rests"),
                                maybe(
                                        "time.status",
                                        "String",
                                        "`ON_TIME`, `AT_RISK` or `LATE`; none if it was given up"),
                                field("time.reasons", "Why"),
                                maybe("budget.status", "String", "`WITHIN_BUDGET`, `AT_RISK` or `OVER`"),
                                maybe("budget.reasons", "Array", "Why"),
                                maybe("budget.hours", "Number", "Planned hours; there is no `budget` if none was set"),
                                maybe("budget.money.amount", "Number", "Planned money"),
                                maybe("budget.money.currency", "String", "Its currency"),
                                maybe("budget.spent.hours", "Number", "Hours that were booked"),
                                maybe("budget.spent.money.amount", "Number", "Money that was booked"),
                                maybe("budget.spent.money.currency", "String", "Its currency"),
                                field("stages[].name", "`preparation`, each of its stages, `production`"),
                                field("stages[].planned.startsAt", "From when it is planned"),
                                field("stages[].planned.endsAt", "Until when"),
                                maybe("stages[].startedAt", "String", "When it began"),
                                maybe("stages[].endedAt", "String", "When it was done"),
                                maybe("stages[].forecast.likely", "String", "When it will be done, if it is not"),
                                maybe("stages[].forecast.earliest", "String", "As of the whole"),
                                maybe("stages[].forecast.latest", "String", "As of the whole"))));
    }

    @Test
    void printStatusReport() {
        MvcTestResult sheet =
                get("/status-report").accept(MediaType.APPLICATION_PDF).exchange();

        assertThat(sheet).hasStatusOk().hasContentType(MediaType.APPLICATION_PDF);
        assertThat(sheet.getResponse().getHeader("Content-Disposition"))
                .isEqualTo("inline; filename=\"" + number + "-status.pdf\"");
    }

    @Test
    void showStatusReport() {
        MvcTestResult page = get("/status-report").accept(MediaType.TEXT_HTML).exchange();

        assertThat(page).hasStatusOk().hasContentTypeCompatibleWith("text/html");
        assertThat(page.getResponse().getHeader("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(text(page)).contains(number, "Nobody has set one.", "Forecast: ");
        assertThat(page).apply(operation(RESOURCE));
    }
}
