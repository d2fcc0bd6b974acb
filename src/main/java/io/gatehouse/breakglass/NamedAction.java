package io.gatehouse.breakglass;

import io.gatehouse.engine.Repair;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One action that a break-glass names; it may be done once.
 *
 * @param usedAt when it was done
 */
public record NamedAction(Repair repair, @Nullable Instant usedAt) {

    boolean isUsed() {
        return usedAt != null;
    }

    /** As a line for people. */
    public String line() {
        String details = repair.details().entrySet().stream()
                .map(detail -> detail.getKey() + " " + detail.getValue())
                .collect(Collectors.joining(", "));
        return repair.kind() + (details.isEmpty() ? "" : ": " + details) + (usedAt == null ? "" : " (used)");
    }

    /** As its row, for the digest of it. */
    List<@Nullable Object> row() {
        return Arrays.asList(repair.kind(), repair.at(), repair.to(), repair.variable(), repair.value(), usedAt);
    }

    /** For the trail, which holds no text of people: what a variable is to hold is in the digest of the scope. */
    Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>(repair.details());
        facts.remove("value");
        facts.put("kind", repair.kind().name());
        return facts;
    }
}
