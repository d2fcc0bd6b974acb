package io.gatehouse.people.web;

import io.gatehouse.people.PersonDescription;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client says about a person who is here. */
record PersonInput(
        @NotBlank @Size(max = 100) String name,
        @Nullable @Email @Size(min = 3, max = 254) String email,
        @Nullable @Size(max = 50) Set<@NotNull String> roles,
        @Nullable @Size(max = 50) Set<@NotNull String> teams) {

    PersonDescription toDescription() {
        return new PersonDescription(name, email, roles == null ? Set.of() : roles, teams == null ? Set.of() : teams);
    }
}
