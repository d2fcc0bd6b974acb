package io.gatehouse.engine.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gatehouse.api.ProblemException;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads what Cockpit asks its own part of the server before that does. The object it is read into has more fields than
 * Cockpit ever sends: whether permissions are asked, pieces of SQL to order by.
 */
final class CockpitQuery {

    static final String ADDRESS = "/camunda/api/cockpit/";

    private static final Set<String> FIELDS = Set.of(
            "processDefinitionId",
            "processDefinitionIdIn",
            "parentProcessDefinitionId",
            "processInstanceIdIn",
            "parentProcessInstanceId",
            "activityIdIn",
            "activityInstanceIdIn",
            "businessKey",
            "startedBefore",
            "startedAfter",
            "withIncident",
            "variables",
            "name",
            "operator",
            "value",
            "key",
            "keyLike",
            "nameLike",
            "id",
            "sortBy",
            "sortOrder",
            "firstResult",
            "maxResults");

    private static final Pattern WORD = Pattern.compile("[A-Za-z]{1,40}");

    private static final JsonFactory JSON = new JsonFactory();

    private CockpitQuery() {}

    /** Refuses what Cockpit does not send; the body is known to be JSON. */
    static void check(byte[] body) {
        try (JsonParser json = JSON.createParser(body)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    checkField(json);
                }
            }
        } catch (IOException e) {
            throw refused("The body must be JSON.");
        }
    }

    private static void checkField(JsonParser json) throws IOException {
        String name = json.currentName();
        if (!FIELDS.contains(name)) {
            throw refused("Cockpit asks for nothing by the name " + name + ".");
        }
        boolean fine =
                switch (name) {
                    case "sortBy", "sortOrder" -> WORD.matcher(next(json)).matches();
                    case "maxResults" -> TasklistDoor.isMostResults(next(json));
                    default -> true;
                };
        if (!fine) {
            throw refused("Lists are sorted by a word and have an end.");
        }
    }

    private static String next(JsonParser json) throws IOException {
        json.nextToken();
        return json.getValueAsString("");
    }

    private static ProblemException refused(String detail) {
        return ProblemException.badRequest("query-refused", "Query refused", detail);
    }
}
