package io.gatehouse.engine.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.api.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CockpitQueryTests {

    @Test
    void passesWhatCockpitSends() {
        assertThatCode(
                        () -> check(
                                """
                        {"processDefinitionId": "NormalChange:1:x", "activityIdIn": ["a"], "withIncident": true,
                         "variables": [{"name": "number", "operator": "eq", "value": "CHG-000001"}],
                         "firstResult": 0, "maxResults": 50, "sortBy": "startTime", "sortOrder": "desc"}"""))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"authCheck\":{\"authorizationCheckEnabled\":false}}",
                "{\"tenantCheck\":null}",
                "{\"databaseType\":\"oracle\"}",
                "{\"historyEnabled\":true}",
                "{\"orderingProperties\":[{\"queryProperty\":{\"name\":\"1; drop table audit_entry\"}}]}",
                "{\"parameter\":\"x\"}",
                "{\"variables\":[{\"name\":\"x\",\"operator\":\"eq\",\"value\":{\"type\":\"java.lang.Object\"}}]}",
                "{\"sortBy\":\"startTime desc, (select 1)\"}",
                "{\"sortOrder\":{\"a\":1}}",
                "{\"maxResults\":1000000}",
                "{\"maxResults\":-1}",
                "{\"sort\\u0042y\":\"1; x\"}",
                "{\"processDefinitionId\":\"x\",\"processDefinitionId\\u0000\":1}"
            })
    void refusesWhateverElseItsReaderWouldTake(String body) {
        assertThat(catchThrowableOfType(ProblemException.class, () -> check(body))
                        .problem()
                        .type())
                .hasToString("urn:gatehouse:problem:query-refused");
    }

    private static void check(String body) {
        CockpitQuery.check(body.getBytes(StandardCharsets.UTF_8));
    }
}
