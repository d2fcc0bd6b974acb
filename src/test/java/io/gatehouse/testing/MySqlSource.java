package io.gatehouse.testing;

/** A way to a MySQL that accepts connections. */
interface MySqlSource {

    /** @throws ResourceUnavailableException if this machine does not offer this way; the message completes "No MySQL:" */
    MySqlEndpoint start(Durability durability);
}
