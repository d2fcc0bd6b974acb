package io.gatehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The same work on the plain engine, in ten calls of its own REST interface: start with eleven variables, then find and
 * complete the tasks assess, approve twice, implement, review. Nothing is checked, decided or recorded besides.
 */
final class PlainEngineLife implements Life {

    @Override
    public void live(Caller caller, int worker) throws IOException, InterruptedException {
        Map<String, ?> request = Map.of("variables", variables(content(worker)));
        String process = caller.post(
                        "start", null, "/engine-rest/process-definition/key/PlainChange/start", request)
                .path("id")
                .asText();
        complete(caller, "assess", task(caller, process, 0), Map.of("risk", "MODERATE", "riskReason", "Tier 2"));
        JsonNode approvals = tasks(caller, process);
        for (int seat = 0; seat < 2; seat++) {
            JsonNode approval = approvals.path(seat);
            String name = approval.path("taskDefinitionKey").asText();
            complete(caller, "approve", approval, Map.of(name + "Decision", "APPROVE", name + "Reason", "Needed"));
        }
        complete(caller, "implement", task(caller, process, 0), Map.of("result", "SUCCESSFUL", "rolledBack", false));
        complete(caller, "review", task(caller, process, 0), Map.of("closeCode", "SUCCESSFUL", "lessons", "None"));
    }

    private static JsonNode task(Caller caller, String process, int index) throws IOException, InterruptedException {
        return tasks(caller, process).path(index);
    }

    private static JsonNode tasks(Caller caller, String process) throws IOException, InterruptedException {
        return caller.get("find tasks", null, "/engine-rest/task?processInstanceId=" + process);
    }

    private static void complete(Caller caller, String step, JsonNode task, Map<String, ?> answers)
            throws IOException, InterruptedException {
        String id = task.path("id").asText();
        caller.post(step, null, "/engine-rest/task/" + id + "/complete", Map.of("variables", variables(answers)));
    }

    private static Map<String, ?> content(int worker) {
        Map<String, Object> content = new HashMap<>();
        content.put("type", "NORMAL");
        content.put("title", "Upgrade the compute service");
        content.put("description", "Brings the fixes of the last two weeks.");
        content.put("service", Organisation.service(worker));
        content.put("environment", Organisation.ENVIRONMENT);
        content.put("windowStartsAt", "2026-01-01T10:00:00Z");
        content.put("windowEndsAt", "2026-01-01T12:00:00Z");
        content.put("implementationPlan", "Unpack, switch.");
        content.put("testPlan", "Ask for the version.");
        content.put("backoutPlan", "Switch back.");
        content.put("backoutTested", true);
        return content;
    }

    private static Map<String, ?> variables(Map<String, ?> values) {
        Map<String, Object> variables = new HashMap<>();
        values.forEach((name, value) -> variables.put(name, Map.of("value", value)));
        return variables;
    }
}
