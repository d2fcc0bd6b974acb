package io.gatehouse.secret;

import java.util.Set;

/** Implemented by modules whose settings name stored secrets. */
public interface SecretUses {

    /**
     * One place that names a secret.
     *
     * @param secret the secret's name
     * @param user what uses it, as {@code connector:deploy-web} or {@code channel:ops-room}
     */
    record Use(String secret, String user) {}

    /** Every place that names a secret, as this node is configured. */
    Set<Use> uses();
}
