package io.gatehouse.catalog;

/** What an environment is for. */
public enum EnvironmentKind {
    DEVELOPMENT,
    TEST,
    STAGING,
    PRODUCTION
}
