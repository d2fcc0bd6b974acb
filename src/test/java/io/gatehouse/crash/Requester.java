package io.gatehouse.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.testing.ApiClient.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Raises changes of one service and rewrites them, and writes down what was acknowledged. */
final class Requester {

    static final String CHANGES = "/api/v1/changes";

    private final PatientCaller caller;
    private final Acknowledged acknowledged;
    private final Random random;
    private final String service;
    private final String person;

    Requester(PatientCaller caller, Acknowledged acknowledged, Random random, String service) {
        this.caller = caller;
        this.acknowledged = acknowledged;
        this.random = random;
        this.service = service;
        this.person = random.nextBoolean() ? "rita" : "pipeline";
    }

    String person() {
        return person;
    }

    /** @return the number of the new change */
    String raise() {
        if (random.nextInt(4) == 0) {
            return raiseStandard();
        }
        String number = raiseNormal();
        plan(number);
        return number;
    }

    private String raiseStandard() {
        Map<String, ?> request = Map.of("type", "STANDARD", "submit", true, "template", service, "window", window());
        JsonNode change = raise(request, Organisation.titleOf(service));
        String number = change.get("number").asText();
        acknowledged.submitted(number, change.get("state").asText());
        return number;
    }

    private String raiseNormal() {
        String title = "Life " + UUID.randomUUID();
        return raise(Map.of("type", "NORMAL", "change", content(title, "As raised")), title)
                .get("number")
                .asText();
    }

    private JsonNode raise(Map<String, ?> request, String title) {
        JsonNode change = caller.post(person, CHANGES, request).expect(201);
        acknowledged.raised(change.get("number").asText(), title);
        return change;
    }

    private Map<String, Object> content(String title, String description) {
        return Map.of(
                "title", title,
                "description", description,
                "services", List.of(service),
                "environment", "production",
                "window", window(),
                "plans", Map.of("backout", "Switch back"),
                "questionnaire", Map.of("backoutTested", true));
    }

    private Map<String, String> window() {
        Instant opens = Instant.now().plusSeconds(random.nextInt(4) == 0 ? 3 : -60);
        return Map.of(
                "startsAt", opens.toString(), "endsAt", opens.plusSeconds(7200).toString());
    }

    private void plan(String number) {
        Map<String, Object> plan = new Plans(random).next();
        put(CHANGES + "/" + number + "/rollout-plan", plan, "If-None-Match", "*");
        acknowledged.planned(number, ((List<?>) plan.get("steps")).size());
    }

    void rewrite(String number) {
        Answer before = caller.get(person, CHANGES + "/" + number);
        JsonNode change = before.expect(200);
        String description = "Rewritten " + UUID.randomUUID();
        put(
                CHANGES + "/" + number,
                content(change.get("title").asText(), description),
                "If-Match",
                before.headers().firstValue("ETag").orElseThrow());
        acknowledged.described(number, description);
    }

    /** Nobody else writes these: a 412 means that the answer to an earlier try was lost after it took effect. */
    private void put(String path, Map<String, ?> body, String header, String value) {
        Answer answer = caller.put(person, path, body, header, value);
        if (answer.status() != 412 && answer.status() / 100 != 2) {
            throw new AssertionError("PUT " + path + " got " + answer.status() + " " + answer.body());
        }
    }
}
