package io.gatehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * A normal change of moderate risk whose window is open, in six calls by five people: raised and submitted, reviewed by
 * a peer, approved in two seats, implemented, reviewed and so closed. Every rule, record and audit entry is on.
 */
final class NormalChangeLife implements Life {

    @Override
    public void live(Caller caller, int worker) throws IOException, InterruptedException {
        String change = "/api/v1/changes/" + raise(caller, worker);
        caller.post("technical review", "theo", change + "/technical-reviews", decision("Sound"));
        caller.post("first approval", "mona", change + "/approvals", decision("Needed"));
        caller.post("second approval", "oskar", change + "/approvals", decision("Staffed"));
        caller.post("implementation report", "theo", change + "/implementation-reports", Map.of("result", "SUCCESSFUL"));
        JsonNode closed = caller.post(
                "review", "mona", change + "/reviews", Map.of("closeCode", "SUCCESSFUL", "lessons", "None"));
        if (!"CLOSED".equals(closed.path("state").asText())) {
            throw new IOException("Not closed after its six calls: " + closed);
        }
    }

    /** Returns the number of a change that waits for its technical review. */
    static String raise(Caller caller, int worker) throws IOException, InterruptedException {
        return caller.post("raise and submit", "rita", "/api/v1/changes", request(worker))
                .path("number")
                .asText();
    }

    private static Map<String, ?> request(int worker) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return Map.of("type", "NORMAL", "submit", true, "change", content(worker, now));
    }

    private static Map<String, ?> content(int worker, Instant now) {
        return Map.of(
                "title",
                "Upgrade the compute service",
                "description",
                "Brings the fixes of the last two weeks.",
                "services",
                List.of(Organisation.service(worker)),
                "environment",
                Organisation.ENVIRONMENT,
                "window",
                Map.of("startsAt", now.minusSeconds(60).toString(), "endsAt", now.plusSeconds(3600).toString()),
                "plans",
                Map.of("implementation", "Unpack, switch.", "test", "Ask for the version.", "backout", "Switch back."),
                "questionnaire",
                Map.of("dataMigration", false, "downtime", false, "backoutTested", true),
                "links",
                List.of(Map.of("title", "Ticket", "url", "https://tickets.example/1")));
    }

    private static Map<String, ?> decision(String reason) {
        return Map.of("decision", "APPROVE", "reason", reason);
    }
}
