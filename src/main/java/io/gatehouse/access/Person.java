package io.gatehouse.access;

import java.util.Set;

/**
 * A signed-in person.
 *
 * @param id never reused and never changed; rules and records count people by it
 * @param groups the roles of the person, as in {@code technical-approver}
 */
public record Person(String id, Set<String> groups) {

    public Person {
        groups = Set.copyOf(groups);
    }

    public boolean isIn(String group) {
        return groups.contains(group);
    }
}
