package io.gatehouse.rollout.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.AfterCrash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** What an order makes an Argo CD do, and what its operation is known by among those of others. */
enum ArgoCdAction {
    /** Puts a revision into the cluster. The order takes a list of notes, and one of them is our key. */
    SYNC("revision", "[!-~]{1,250}", AfterCrash.QUERYABLE) {
        @Override
        Map<String, Object> order(String value, String key) {
            return Map.of("revision", value, "infos", List.of(Map.of("name", NOTE, "value", key)));
        }

        @Override
        Optional<String> mark(JsonNode operation) {
            return StreamSupport.stream(operation.path("info").spliterator(), false)
                    .filter(note -> note.path("name").asText().equals(NOTE))
                    .map(note -> note.path("value").asText())
                    .findFirst();
        }
    },

    /**
     * Puts what an earlier operation had put there into the cluster again. Its order takes no notes, so no key finds it
     * after a crash; once its answer is here, it is known by what it does and who ordered it.
     */
    ROLLBACK("id", "\\d{1,18}", AfterCrash.NEITHER) {
        @Override
        Map<String, Object> order(String value, String key) {
            return Map.of("id", Long.valueOf(value));
        }

        @Override
        Optional<String> mark(JsonNode operation) {
            String what = operation.path("sync") + "\n" + operation.path("initiatedBy");
            return operation.path("sync").isObject() && operation.path("info").isEmpty()
                    ? Optional.of(UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8))
                            .toString())
                    : Optional.empty();
        }
    };

    /** The name of the note that holds our key. */
    private static final String NOTE = "gatehouse-key";

    private final String parameter;
    private final Pattern values;
    private final AfterCrash afterCrash;

    ArgoCdAction(String parameter, String values, AfterCrash afterCrash) {
        this.parameter = parameter;
        this.values = Pattern.compile(values);
        this.afterCrash = afterCrash;
    }

    /** The one thing a plan says. */
    String parameter() {
        return parameter;
    }

    /** Whether Argo CD could understand it; without a revision it would sync to whatever the application says. */
    boolean takes(String value) {
        return values.matcher(value).matches();
    }

    AfterCrash afterCrash() {
        return afterCrash;
    }

    /** Its name in addresses and in rules of access. */
    String verb() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The fields of the order. */
    abstract Map<String, Object> order(String value, String key);

    /** What an operation is known by; nothing if it cannot be one of ours. */
    abstract Optional<String> mark(JsonNode operation);
}
