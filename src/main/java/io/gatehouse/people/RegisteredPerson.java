package io.gatehouse.people;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is or was here. Never deleted, because records count people by their ids.
 *
 * @param version 1 when they were added
 * @param enabled whether they may come in
 */
public record RegisteredPerson(
        String id,
        String name,
        @Nullable String email,
        Set<String> roles,
        Set<String> teams,
        boolean enabled,
        long version) {

    public RegisteredPerson {
        roles = sorted(roles);
        teams = sorted(teams);
    }

    /** In an order that records have too. */
    static Set<String> sorted(Collection<String> groups) {
        return Collections.unmodifiableSet(new TreeSet<>(groups));
    }

    /** Roles and teams. */
    Set<String> groups() {
        Set<String> all = new TreeSet<>(roles);
        all.addAll(teams);
        return all;
    }
}
