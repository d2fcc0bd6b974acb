package io.gatehouse.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A ReplicaSet (apps/v1) of a Deployment: what its pods were at one revision. */
record ReplicaSet(JsonNode shown) {

    /** A label that the controller adds to the pods of each ReplicaSet and that no Deployment has. */
    private static final String HASH = "pod-template-hash";

    private static final String REVISION = "deployment.kubernetes.io/revision";

    /** The one before the present one, by their revisions; none if there is no other. */
    static Optional<ReplicaSet> previous(JsonNode list, Deployment deployment) {
        List<ReplicaSet> newestFirst = Deployment.each(list.path("items"))
                .map(ReplicaSet::new)
                .filter(one -> one.isOf(deployment) && one.revision() > 0)
                .sorted(Comparator.comparingLong(ReplicaSet::revision).reversed())
                .toList();
        return newestFirst.size() < 2 ? Optional.empty() : Optional.of(newestFirst.get(1));
    }

    /** Whether one of them, or its pods, has the annotation with this value; the controller gives them the Deployment's. */
    static boolean anyHas(JsonNode list, String annotation, String value) {
        return Deployment.each(list.path("items"))
                .flatMap(one -> Stream.of(one, one.path("spec").path("template")))
                .anyMatch(one -> one.path("metadata")
                        .path("annotations")
                        .path(annotation)
                        .asText()
                        .equals(value));
    }

    String name() {
        return shown.path("metadata").path("name").asText();
    }

    /** Its pods as a Deployment writes them. */
    JsonNode template() {
        JsonNode template = shown.path("spec").path("template").deepCopy();
        if (template.path("metadata").path("labels") instanceof ObjectNode labels) {
            labels.remove(HASH);
        }
        return template;
    }

    private long revision() {
        return shown.path("metadata").path("annotations").path(REVISION).asLong();
    }

    private boolean isOf(Deployment deployment) {
        return Deployment.each(shown.path("metadata").path("ownerReferences"))
                .anyMatch(owner -> owner.path("controller").asBoolean()
                        && owner.path("uid").asText().equals(deployment.uid()));
    }
}
