package io.gatehouse.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.testing.OnH2;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@ApiTest
@OnH2
class ProblemAnswersTests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BASIC = "Authorization: Basic cml0YTpzZWNyZXQ=\r\n";

    @LocalServerPort
    private int port;

    private ApiClient api;

    @BeforeEach
    void connect() {
        api = new ApiClient(port);
    }

    private static JsonNode problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        return problem(answer.body(), status, code);
    }

    private static JsonNode problem(String body, int status, String code) {
        assertThat(body).doesNotContain(ApiTestApplication.leaks());
        try {
            JsonNode problem = JSON.readTree(body);
            assertThat(problem.path("type").asText()).isEqualTo("urn:gatehouse:problem:" + code);
            assertThat(problem.path("status").asInt()).isEqualTo(status);
            assertThat(problem.path("title").asText()).isNotBlank();
            assertThat(problem.path("detail").asText()).isNotBlank();
            return problem;
        } catch (IOException e) {
            throw new AssertionError(body, e);
        }
    }

    private static void problemInRawAnswer(String answer, int status) {
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        String[] parts = answer.split("\r\n\r\n", 2);
        assertThat(parts[0]).containsIgnoringCase("application/problem+json");
        assertThat(parts[1]).contains("\"urn:gatehouse:problem:").doesNotContain(ApiTestApplication.leaks());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"a\",\"count\":1,\"nmae\":2}|nmae|is not a field of this request",
                "{\"name\":\"a\",\"count\":\"1\"}|count|must be a whole number in range",
                "{\"name\":\"a\",\"count\":1.5}|count|must be a whole number in range",
                "{\"name\":\"a\",\"count\":null}|count|must be a whole number in range",
                "{\"name\":\"a\",\"count\":99999999999}|count|is not acceptable",
                "{\"name\":7,\"count\":1}|name|must be a text",
                "{\"name\":\"a\",\"count\":1,\"colour\":\"BLUE\"}|colour|must be one of RED, GREEN",
                "{\"name\":\"a\",\"count\":1,\"colour\":0}|colour|must be one of RED, GREEN",
                "{\"name\":\"a\",\"count\":1,\"at\":\"tomorrow\"}|at|must be a time such as 2026-03-01T10:00:00Z",
                "{\"name\":\"a\",\"count\":1,\"at\":12}|at|must be a time such as 2026-03-01T10:00:00Z",
                "{\"name\":\"a\",\"count\":1,\"at\":\"+999999999-01-01T00:00:00Z\"}|at|must be a time such as 2026-03-01T10:00:00Z",
                "{\"name\":\"a\",\"count\":1,\"parts\":7}|parts|must be a list",
                "{\"name\":\"a\",\"count\":1,\"parts\":[{\"name\":\"a\"},{\"nam\":\"b\"}]}|parts[1].nam|is not a field of this request",
                "{\"name\":\"a\",\"count\":1,\"parts\":[{\"name\":\" \"}]}|parts[0].name|must not be blank",
                "{\"name\":\"\",\"count\":1}|name|must not be blank",
                "{\"count\":1}|name|must not be blank"
            })
    void namesTheFieldThatIsWrong(String body, String field, String message) {
        JsonNode problem = problem(api.post(body), 400, "invalid-request");

        assertThat(problem.at("/fields/0/field").asText()).isEqualTo(field);
        assertThat(problem.at("/fields/0/message").asText()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "nonsense",
                "[]",
                "7",
                "{\"name\":\"a\",\"count\":1}{}",
                "{\"name\":\"a\",\"name\":\"b\",\"count\":1}",
                "{\"name\":\"\\u0000\",\"count\":1}",
                "{\"name\":\"\\ud800\",\"count\":1}",
                "{\"name\":\"a\u0001\",\"count\":1}"
            })
    void refusesABodyThatIsNoJsonObject(String body) {
        problem(api.post(body), 400, "malformed-body");
    }

    @Test
    void refusesJsonNestedDeeperThanFifty() {
        String body = "{\"name\":\"a\",\"count\":1,\"anything\":%s}";

        assertThat(api.post(body.formatted("[".repeat(49) + "]".repeat(49))).statusCode())
                .isEqualTo(201);
        problem(api.post(body.formatted("[".repeat(50) + "]".repeat(50))), 400, "malformed-body");
    }

    @Test
    void refusesABodyThatIsNotUtf8() {
        byte[] latin1 = "{\"name\":\"é\",\"count\":1}".getBytes(StandardCharsets.ISO_8859_1);

        HttpResponse<String> answer = api.send(api.as("rita", "/api/v1/things")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(latin1)));

        problem(answer, 400, "malformed-body");
    }

    @Test
    void refusesABodyOver256KibWithAndWithoutAnnouncedLength() {
        byte[] large = new byte[256 * 1024 + 1];

        var announced = api.as("rita", "/api/v1/things").POST(BodyPublishers.ofByteArray(large));
        var chunked = api.as("rita", "/api/v1/things")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));

        problem(api.send(announced.header("Content-Type", "application/json")), 413, "body-too-large");
        problem(api.send(chunked.header("Content-Type", "application/json")), 413, "body-too-large");
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "multipart/form-data", "application/x-www-form-urlencoded", "gar/ba/ge", "application/xml"
    })
    void refusesOtherMediaTypes(String type) {
        HttpResponse<String> answer = api.send(
                api.as("rita", "/api/v1/things").header("Content-Type", type).POST(BodyPublishers.ofString("name=a")));

        problem(answer, 415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml", "garbage", ";;;"})
    void tellsProblemsAsJsonWhateverTheClientAccepts(String accept) {
        HttpResponse<String> missing =
                api.send(api.as("rita", "/api/v1/nowhere").header("Accept", accept));
        HttpResponse<String> list = api.send(api.as("rita", "/api/v1/things").header("Accept", accept));

        problem(missing, 404, "resource-not-found");
        problem(list, 406, "not-acceptable");
    }

    @Test
    void refusesAMethodThatAnAddressDoesNotHave() {
        HttpResponse<String> answer = api.send(api.as("rita", "/api/v1/things").DELETE());

        problem(answer, 405, "method-not-allowed");
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("POST");
        problem(
                api.send(api.as("rita", "/api/v1/things").method("BREW", BodyPublishers.noBody())),
                400,
                "malformed-request");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,limit,must be a whole number from 1 to 200",
        "colour=BLUE,colour,'must be one of RED, GREEN'",
        "color=RED,color,is not a parameter of this address",
        "colour=RED&colour=GREEN,colour,must be given once"
    })
    void namesTheQueryParameterThatIsWrong(String query, String parameter, String message) {
        JsonNode problem = problem(api.get("/api/v1/things?" + query), 400, "invalid-request");

        assertThat(problem.at("/fields/0/field").asText()).isEqualTo(parameter);
        assertThat(problem.at("/fields/0/message").asText()).isEqualTo(message);
    }

    @Test
    void refusesAPathVariableOfTheWrongType() {
        var request = api.as("rita", "/api/v1/things/seven")
                .header("If-Match", "\"3\"")
                .PUT(BodyPublishers.noBody());

        problem(api.send(request), 400, "invalid-request");
    }

    @Test
    void refusesAnUpdateWithoutOrWithAStalePrecondition() {
        var request = api.as("rita", "/api/v1/things/1").PUT(BodyPublishers.noBody());

        problem(api.send(request.copy()), 428, "precondition-required");
        problem(api.send(request.copy().header("If-Match", "\"2\"")), 412, "precondition-failed");
        HttpResponse<String> updated = api.send(request.copy().header("If-Match", "\"3\""));
        assertThat(updated.statusCode()).isEqualTo(204);
        assertThat(updated.headers().firstValue("ETag")).contains("\"4\"");
    }

    @Test
    void asksForCredentialsAndRefusesWrongOnes() {
        problem(api.send(api.anonymous("/api/v1/things")), 401, "sign-in-required");
        problem(api.send(api.as("mallory", "/api/v1/things")), 401, "sign-in-required");
        problem(
                api.send(api.anonymous("/api/v1/things").header("Authorization", "Basic %%%")),
                401,
                "sign-in-required");
        problem(api.get("/api/v1/things/failures/denied"), 403, "not-allowed");
    }

    @ParameterizedTest
    @CsvSource({"optimistic,409,concurrent-update", "engine,409,concurrent-update", "lock,503,busy", "deadlock,503,busy"
    })
    void tellsWhenToTryAgainAfterAConcurrentUpdate(String kind, int status, String code) {
        HttpResponse<String> answer = api.get("/api/v1/things/failures/" + kind);

        problem(answer, status, code);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void hidesAnUnexpectedFailureBehindAReference() {
        JsonNode problem = problem(api.get("/api/v1/things/failures/bug"), 500, "internal-error");

        assertThat(problem.path("instance").asText()).startsWith("urn:uuid:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/things/%00 HTTP/1.1",
                "GET /api/v1/things/%zz HTTP/1.1",
                "GET /api/v1/things/%ff HTTP/1.1",
                "GET /api/v1/things/%2e%2e/x HTTP/1.1",
                "GET /api/v1/things%2Fx HTTP/1.1",
                "GET /api/v1//things HTTP/1.1",
                "GET /api/v1/things;a=b HTTP/1.1",
                "GET /api/v1/things?colour=%ff HTTP/1.1",
                "GET /api/v1/things?colour=%0 HTTP/1.1",
                "GET /api/v1/things?colour=%00 HTTP/1.1",
                "GET /api/v1/things?colour=<> HTTP/1.1",
                "GET /api/v1/th{ings HTTP/1.1",
                "GET\u0001 /api/v1/things HTTP/1.1",
                "nonsense",
            })
    void refusesABrokenAddressOrRequestLine(String line) throws IOException {
        String answer = api.raw(line + "\r\nHost: localhost\r\n" + BASIC + "Connection: close\r\n\r\n");

        problemInRawAnswer(answer, 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: abc",
                "Content-Length: -1",
                "Content-Length: 5\r\nContent-Length: 6",
                "Bro ken: header",
                ": empty",
                "Host: a b"
            })
    void refusesBrokenHeaders(String header) throws IOException {
        String answer = api.raw("GET /api/v1/things HTTP/1.1\r\nHost: localhost\r\n" + BASIC + header
                + "\r\nConnection: close\r\n\r\n");

        problemInRawAnswer(answer, 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRACE /api/v1/things HTTP/1.1",
                "CONNECT localhost:80 HTTP/1.1",
                "GET /api/v1/things HTTP/9.9",
                "PRI * HTTP/2.0",
                "OPTIONS * HTTP/1.1",
                "GET /api/v1/things HTTP/1.1\r\nTransfer-Encoding: made-up",
                "GET /api/v1/things HTTP/1.1\r\nHost: twice",
                "GET /api/v1/things HTTP/1.1\r\nExpect: miracles",
                "POST /api/v1/things HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: 2"
            })
    void answersUnusualHttpWithoutFailing(String start) throws IOException {
        String answer = api.raw(start + "\r\nHost: localhost\r\n" + BASIC + "Connection: close\r\n\r\n{}");

        assertThat(answer).matches("(?s)HTTP/1.1 [24].*");
        assertThat(answer).doesNotContain(ApiTestApplication.leaks());
    }

    @Test
    void refusesHeadersThatAreTooLarge() throws IOException {
        String answer =
                api.raw("GET /api/v1/things HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");

        problemInRawAnswer(answer, 400);
    }

    @Test
    void refusesBrokenChunks() throws IOException {
        String answer = api.raw(
                "POST /api/v1/things HTTP/1.1\r\nHost: localhost\r\n" + BASIC
                        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n{}\r\n");

        problemInRawAnswer(answer, 400);
    }
}
