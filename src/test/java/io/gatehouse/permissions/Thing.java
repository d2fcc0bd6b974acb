package io.gatehouse.permissions;

import java.util.Map;
import java.util.Set;

/**
 * Something that operations are about.
 *
 * @param label whose it is, for the report
 * @param ids what it is called in each collection: the change, its rollout, the service, the tool of the service
 * @param requester who raised it, where anybody does
 * @param service the one service it touches
 * @param team the owner group of that service
 * @param asked groups that the task which waits for it is offered to
 * @param exists whether there is anything by these ids
 */
record Thing(
        String label,
        Map<String, String> ids,
        String requester,
        String service,
        String team,
        Set<String> asked,
        boolean exists) {

    /** Collections in which everything is somebody's. */
    static final Set<String> OWNED = Set.of(
            "/api/v1/services", "/api/v1/changes", "/api/v1/change-templates", "/api/v1/rollouts", "/api/v1/tools");

    /** Of those, the ones whose things somebody raises. */
    static final Set<String> RAISED = Set.of("/api/v1/changes", "/api/v1/rollouts");

    /** The task that {@link #asked} are asked in. */
    static final String QUESTION = "ReviewTechnically";

    String in(String collection) {
        return ids.getOrDefault(collection, "1");
    }
}
