package io.gatehouse.people;

import io.gatehouse.access.Roles;
import io.gatehouse.access.Teams;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What somebody says about a person; see {@link RegisteredPerson}. */
public record PersonDescription(String name, @Nullable String email, Set<String> roles, Set<String> teams) {

    public PersonDescription {
        roles = RegisteredPerson.sorted(roles);
        teams = RegisteredPerson.sorted(teams);
    }

    Set<String> groups() {
        Set<String> all = new TreeSet<>(roles);
        all.addAll(teams);
        return all;
    }

    /** @throws ProblemException naming the fields that are wrong */
    void check() {
        List<InvalidField> wrong = new ArrayList<>();
        FullName.objection(name).ifPresent(message -> wrong.add(new InvalidField("name", message)));
        // Mail to such a domain arrives nowhere, and the sample people are told by theirs.
        if (Objects.requireNonNullElse(email, "").toLowerCase(Locale.ROOT).endsWith(".invalid")) {
            wrong.add(new InvalidField("email", "must be an address that mail can be sent to"));
        }
        if (!Roles.ALL.containsAll(roles)) {
            wrong.add(new InvalidField("roles", "must be among " + String.join(", ", Roles.ALL)));
        }
        teams.stream()
                .flatMap(team -> Teams.objection(team).stream())
                .findFirst()
                .ifPresent(message -> wrong.add(new InvalidField("teams", message)));
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }
}
