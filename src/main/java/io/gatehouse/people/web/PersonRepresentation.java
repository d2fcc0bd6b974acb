package io.gatehouse.people.web;

import io.gatehouse.people.RegisteredPerson;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A person as the API shows them. */
record PersonRepresentation(
        String id, String name, @Nullable String email, Set<String> roles, Set<String> teams, boolean enabled) {

    static PersonRepresentation of(RegisteredPerson person) {
        return new PersonRepresentation(
                person.id(), person.name(), person.email(), person.roles(), person.teams(), person.enabled());
    }
}
