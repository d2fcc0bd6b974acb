package io.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.CallRefused;
import io.gatehouse.malformed.Operations;
import io.gatehouse.testing.Door;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.SampleAtRest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.WebApplicationContext;

/** After all that the sample has done, and people since, the trail knows nobody by name, address or user name. */
@OnH2
@SampleAtRest
class NoNamesInTheTrailTests {

    private final Operations operations = new Operations();

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private IdentityService identities;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TransactionTemplate transaction;

    private MockMvcTester mvc;

    @BeforeEach
    void somethingOfEveryKind() {
        mvc = Door.to(context);
        String change = location(call("rita", "POST", "/api/v1/changes", "POST /api/v1/changes"));
        call("theo", "GET", "/api/v1/changes/" + change, "GET /api/v1/changes/{number}");
        call("rita", "PUT", "/api/v1/changes/" + change + "/rollout-plan", "PUT /api/v1/changes/{number}/rollout-plan");
        call("mona", "POST", "/api/v1/changes/" + change + "/hold", "POST /api/v1/changes/{number}/hold");
        call("mona", "POST", "/api/v1/changes/" + change + "/resumption", "POST /api/v1/changes/{number}/resumption");
        call(
                "theo",
                "POST",
                "/api/v1/changes/" + change + "/technical-reviews",
                "POST /api/v1/changes/{number}/technical-reviews");
        call("mona", "POST", "/api/v1/freezes", "POST /api/v1/freezes");
        call("adam", "POST", "/api/v1/people", "POST /api/v1/people");
        call("adam", "PUT", "/api/v1/tools/scanned", "PUT /api/v1/tools/{name}");
        call("adam", "POST", "/api/v1/people/walter/password-links", "POST /api/v1/people/{id}/password-links");
        String address = "/camunda/api/engine/engine/default/user/theo/profile?userId=mona";
        transaction.executeWithoutResult(status -> events.publishEvent(
                new CallRefused("rita", "PUT /camunda/api/engine/engine/default/user/{id}/profile", address, 1)));
        call("wrong", "GET", "/api/v1/changes/" + change, "GET /api/v1/changes/{number}");
    }

    @Test
    void hasNumbersForPeople() {
        NamesInTheTrail names = new NamesInTheTrail(identities, jdbc);

        assertThat(names.found()).isEmpty();
        assertThat(names.entries())
                .hasSizeGreaterThan(300)
                .anyMatch(entry -> entry.matches("person-\\d{9} change.Approved CHG-\\d{6} .*"));
    }

    private static String location(MvcTestResult answer) {
        assertThat(answer).hasStatus(201);
        return answer.getResponse().getHeader("Location").replaceFirst(".*/", "");
    }

    private MvcTestResult call(String person, String method, String path, String operation) {
        String credentials = Base64.getEncoder()
                .encodeToString((person + ":" + person + "-sample").getBytes(StandardCharsets.UTF_8));
        var request = mvc.method(HttpMethod.valueOf(method))
                .uri(path)
                .header("Authorization", "Basic " + credentials)
                .contentType(MediaType.APPLICATION_JSON)
                .content(operations.bodyOf(operation));
        operations
                .headersOf(operation)
                .forEach(header -> request.header(
                        header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 2)));
        return request.exchange();
    }
}
