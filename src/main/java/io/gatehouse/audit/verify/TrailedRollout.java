package io.gatehouse.audit.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A rollout as the trail has it: what its entries, taken one after the other, leave behind. */
final class TrailedRollout {

    private static final Set<String> WITH_TARGETS =
            Set.of("WAITING", "RUNNING", "ABORTING", "ROLLING_BACK", "ABANDONED");

    private long entry;
    private @Nullable String digest;
    private final Map<String, String> begun = new TreeMap<>();
    private final Map<String, String> progress = new TreeMap<>();
    private final Set<String> settled = new TreeSet<>();
    private final Map<String, String> commands = new TreeMap<>();
    private final Map<String, String> ended = new TreeMap<>();
    private final Set<String> held = new TreeSet<>();
    private final Map<String, String> reports = new TreeMap<>();
    private final Set<String> targets = new TreeSet<>();

    void entry(long number, String action, JsonNode payload) {
        if (payload.hasNonNull("row")) {
            entry = number;
            digest = payload.get("row").asText();
        }
        String step = "step " + payload.path("seq").asLong();
        if (payload.hasNonNull("step")) {
            begun.put(step, payload.get("step").asText());
        }
        if (payload.hasNonNull("progress")) {
            progress.put(step, payload.get("progress").asText());
        }
        switch (action) {
            case "rollout.UndoSettled" -> settled.add(step);
            case "rollout.StepMoved" -> {
                held.remove(step);
                if (payload.path("state").asText().equals("HELD")) {
                    held.add(step);
                }
            }
            case "rollout.Commanded" -> commands.put(
                    command(payload), payload.path("command").asText());
            case "rollout.CommandEnded" -> ended.put(
                    command(payload), payload.path("state").asText());
            case "rollout.WorkReported" -> reports.put(
                    "report on %s %d of step %d"
                            .formatted(
                                    payload.path("kind").asText(),
                                    payload.path("attempt").asLong(),
                                    payload.path("seq").asLong()),
                    payload.path("report").asText());
            case "rollout.TargetsTaken" -> payload.path("services")
                    .forEach(service -> targets.add(payload.path("environment").asText() + " " + service.asText()));
            case "rollout.TargetsReleased" -> targets.clear();
            case "rollout.Moved" -> {
                if (!WITH_TARGETS.contains(payload.path("state").asText())) {
                    targets.clear();
                }
            }
            default -> {
                // The rest is in the digests.
            }
        }
    }

    private static String command(JsonNode payload) {
        return "command %s %d of step %d"
                .formatted(
                        payload.path("kind").asText(),
                        payload.path("attempt").asLong(),
                        payload.path("seq").asLong());
    }

    boolean exists() {
        return digest != null;
    }

    long entry() {
        return entry;
    }

    @Nullable
    String digest() {
        return digest;
    }

    Map<String, String> begun() {
        return begun;
    }

    Map<String, String> progress() {
        return progress;
    }

    Set<String> settled() {
        return settled;
    }

    Map<String, String> commands() {
        return commands;
    }

    /** Whether a command that has not ended is held back, because its step is. */
    boolean isHeld(String command) {
        return held.stream().anyMatch(command::endsWith);
    }

    /** The last states of commands; those of others change without an entry. */
    Map<String, String> ended() {
        return ended;
    }

    Map<String, String> reports() {
        return reports;
    }

    Set<String> targets() {
        return targets;
    }
}
