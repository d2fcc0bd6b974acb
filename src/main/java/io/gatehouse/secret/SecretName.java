package io.gatehouse.secret;

/** What may be the name of a stored secret. */
public final class SecretName {

    /** Regular expression of a name. */
    public static final String PATTERN = "[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?";

    /** What is told about text that is no name. */
    public static final String MESSAGE =
            "must be 1 to 64 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit";

    private SecretName() {}
}
