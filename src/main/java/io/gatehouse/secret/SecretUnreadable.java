package io.gatehouse.secret;

/** A stored secret cannot be used; the message says which and why, and holds nothing of it. */
public class SecretUnreadable extends RuntimeException {

    private SecretUnreadable(String message) {
        super(message);
    }

    static SecretUnreadable absent(String name) {
        return new SecretUnreadable(
                "There is no stored secret '" + name + "'; put it at /api/v1/secrets/" + name + ".");
    }

    static SecretUnreadable withoutKey(String name, String keyId) {
        return new SecretUnreadable("The stored secret '" + name + "' is encrypted with the key '" + keyId
                + "', which is not among GATEHOUSE_SECRET_KEYS.");
    }

    static SecretUnreadable altered(String name) {
        return new SecretUnreadable(
                "The stored secret '" + name + "' was altered in the database, or its key was; put it again.");
    }

    static SecretUnreadable databaseSilent(String name) {
        return new SecretUnreadable("The stored secret '" + name + "' could not be read from the database.");
    }
}
