package io.gatehouse.people.web;

import io.gatehouse.people.PersonDescription;
import io.gatehouse.people.PersonId;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client says about somebody new. */
record NewPersonInput(
        @NotNull @Pattern(regexp = PersonId.PATTERN, message = PersonId.MESSAGE) String id,
        @NotBlank @Size(max = 100) String name,
        @Nullable @Email @Size(min = 3, max = 254) String email,
        @Nullable @Size(max = 50) Set<@NotNull String> roles,
        @Nullable @Size(max = 50) Set<@NotNull String> teams) {

    PersonDescription toDescription() {
        return new PersonInput(name, email, roles, teams).toDescription();
    }
}
