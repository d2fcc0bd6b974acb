package io.gatehouse.engine.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.gatehouse.api.ProblemException;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * Reads what the Tasklist sends before the engine does. Refuses expressions, which the engine would run as code, and
 * typed values other than the plain ones a form gives.
 */
final class TasklistBody {

    static final int MAX_BYTES = 256 * 1024;

    private static final Set<String> PLAIN_TYPES =
            Set.of("string", "boolean", "integer", "long", "short", "double", "number", "null");

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(50).build())
            .build();

    private TasklistBody() {}

    /** Refuses what must not pass; {@code submission} says that the body holds the values of a form. */
    static void check(byte[] body, boolean submission) {
        try (JsonParser json = JSON.createParser(body)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    checkField(json, submission);
                }
            }
        } catch (IOException e) {
            throw ProblemException.badRequest(
                    "malformed-json", "Malformed JSON", "The body must be JSON that is nested at most 50 deep.");
        }
    }

    /** Refuses an expression in a name, be it a parameter's or a field's at any depth. */
    static void checkName(String name) {
        if (name.toLowerCase(Locale.ROOT).contains("expression")) {
            throw ProblemException.badRequest(
                    "expression-refused",
                    "Expression refused",
                    "Queries take values, not expressions: remove " + name + ".");
        }
    }

    private static void checkField(JsonParser json, boolean submission) throws IOException {
        String name = json.currentName();
        if (!submission) {
            checkName(name);
        } else if (name.equals("type") && json.nextToken() != JsonToken.VALUE_NULL) {
            String type = json.getValueAsString("");
            if (!PLAIN_TYPES.contains(type.toLowerCase(Locale.ROOT))) {
                throw ProblemException.badRequest(
                        "type-refused", "Type refused", "A form gives texts, numbers and ticks, not " + type + ".");
            }
        }
    }
}
