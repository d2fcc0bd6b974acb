package io.gatehouse.rollout.kubernetes;

import io.gatehouse.rollout.connector.Example;
import io.gatehouse.rollout.connector.InvalidSetting;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A Deployment of a cluster, as its operator has configured it.
 *
 * @param url the cluster's API server
 * @param token of a service account that may get and patch the Deployment, or {@code stored:<name>}
 * @param caCertificate the file with the certificates of the cluster's authority in PEM; without it, those that the Java
 *     installation trusts
 * @param container whose image is set; {@code UNDO} needs none
 * @param imageParameter the one parameter of {@code SET_IMAGE}, an image as a whole
 * @param keyAnnotation the annotation of the Deployment and its pods that holds our key
 * @param podLogs whether the log of a new pod is kept, for which the account must be allowed to list pods and get their logs
 * @param parameters what a plan must give, and the pattern each value must match as a whole
 * @param askEvery the pause between two questions for a result
 * @param giveUpAfter how long a roll-out may take until a person is asked
 */
record KubernetesSettings(
        @Example("https://cluster.example.com:6443") String url,
        @Example("stored:cluster-token") String token,
        @Nullable String caCertificate,
        @Example("payments") String namespace,
        @Example("web") String deployment,
        @Nullable String container,
        @DefaultValue("SET_IMAGE") Action action,
        @DefaultValue("IMAGE") String imageParameter,
        @DefaultValue("gatehouse.io/key") String keyAnnotation,
        @DefaultValue("false") boolean podLogs,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("5s") Duration askEvery,
        @DefaultValue("1h") Duration giveUpAfter,
        @DefaultValue HttpLimits limits)
        implements ToolSettings {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final String NAME = "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?";
    private static final String ANNOTATION = "(" + NAME + "/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,40}[A-Za-z0-9])?";

    /** What an order does. */
    enum Action {
        SET_IMAGE,
        /** Returns to the pods of the revision before the present one. */
        UNDO
    }

    KubernetesSettings {
        InvalidSetting.unless(namespace.matches(LABEL), "namespace", "write it as the cluster names it");
        InvalidSetting.unless(deployment.matches(NAME), "deployment", "write it as the cluster names it");
        InvalidSetting.unless(keyAnnotation.matches(ANNOTATION), "key-annotation", "write it as example.com/name");
        InvalidSetting.unless(
                action == Action.UNDO || container != null, "container", "name the one whose image is set");
        // Any other parameter would be approved with a plan and then do nothing.
        Set<String> used = action == Action.SET_IMAGE ? Set.of(imageParameter) : Set.of();
        InvalidSetting.unless(parameters.keySet().equals(used), "parameters", "declare " + used + " and no other");
    }

    /** The annotation that says which ReplicaSet an undo has returned to. */
    String returnedToAnnotation() {
        return keyAnnotation + "-returned-to";
    }
}
