package io.gatehouse.catalog.web;

import io.gatehouse.catalog.Environment;
import io.gatehouse.catalog.EnvironmentKind;

/** An environment as the API shows it. */
record EnvironmentRepresentation(String key, String name, EnvironmentKind kind, int order, boolean production) {

    static EnvironmentRepresentation of(Environment environment) {
        return new EnvironmentRepresentation(
                environment.key(),
                environment.name(),
                environment.kind(),
                environment.order(),
                environment.production());
    }
}
