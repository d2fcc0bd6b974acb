package io.gatehouse.catalog;

/** How keys of the catalog are written: lower case, so that they are equal on every database or on none. */
public final class CatalogKey {

    /** Regular expression of a key, such as {@code oslo.config} or {@code production}. */
    public static final String PATTERN = "[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?";

    /** What is told about text that is no key. */
    public static final String MESSAGE =
            "must be 1 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit";

    private CatalogKey() {}

    public static boolean isWellFormed(String key) {
        return key.matches(PATTERN);
    }
}
