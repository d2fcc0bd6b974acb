package io.gatehouse.crash;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What the load works on: a service and a template of a standard change for each caller. */
final class Organisation {

    private Organisation() {}

    /** Two changes of one service exclude each other, so each caller has its own. */
    static String serviceOf(int worker) {
        return "crash-" + worker;
    }

    static String titleOf(String service) {
        return "Restart " + service;
    }

    /** Creates what is not there yet; half of the services are so critical that a board decides and people look back. */
    static void create(PatientCaller caller, int workers, long seed) {
        for (int worker = 0; worker < workers; worker++) {
            String service = serviceOf(worker);
            create(
                    caller,
                    "rolf",
                    "/api/v1/services/" + service,
                    Map.of("name", service, "tier", 1 + worker % 2, "ownerGroup", "technical-approver"));
            create(
                    caller,
                    "rolf",
                    "/api/v1/change-templates/" + service,
                    Map.of(
                            "title",
                            titleOf(service),
                            "service",
                            service,
                            "environment",
                            "production",
                            "plans",
                            Map.of("backout", "Start the old one"),
                            // Tools fail on purpose here; the template is not to blame.
                            "suspension",
                            Map.of("failures", 100, "uses", 100)));
            create(
                    caller,
                    "rolf",
                    "/api/v1/change-templates/" + service + "/rollout-plan",
                    new Plans(new Random(seed + worker)).next());
            letIn(caller, service);
        }
    }

    /** Another than who wrote it; somebody may have done it before. */
    static void letIn(PatientCaller caller, String template) {
        String path = "/api/v1/change-templates/" + template;
        List<Integer> answers = List.of(
                caller.post("rolf", path + "/submission", null).status(),
                caller.post("mona", path + "/reviews", Map.of("version", 1, "decision", "LET_IN", "reason", "Read it"))
                        .status());
        if (!Set.of(200, 409).containsAll(answers)) {
            throw new AssertionError(path + " got " + answers);
        }
    }

    private static void create(PatientCaller caller, String person, String path, Map<String, ?> body) {
        int status = caller.put(person, path, body, "If-None-Match", "*").status();
        if (!List.of(201, 412).contains(status)) {
            throw new AssertionError(path + " got " + status);
        }
    }
}
