package io.gatehouse.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whoever makes a call: a signed-in person, or a tool.
 *
 * @param id never reused and never changed; rules and records count people by it. A tool's begins with
 *     {@value #TOOL_PREFIX}, a person's never does.
 * @param groups the roles of the person, as in {@code technical-approver}; a tool has none
 * @param scope what a tool may do; absent for a person
 */
public record Person(String id, Set<String> groups, @Nullable ToolScope scope) {

    public static final String TOOL_PREFIX = "tool:";

    public Person {
        groups = Set.copyOf(groups);
    }

    public Person(String id, Set<String> groups) {
        this(id, groups, null);
    }

    /** Whether the id is a tool's. */
    public static boolean isTool(String id) {
        return id.startsWith(TOOL_PREFIX);
    }

    public boolean isTool() {
        return scope != null;
    }

    public boolean isIn(String group) {
        return groups.contains(group);
    }
}
