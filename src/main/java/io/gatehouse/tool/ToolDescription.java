package io.gatehouse.tool;

import io.gatehouse.access.ToolAction;
import java.util.Set;

/** What somebody says about a tool; see {@link Tool}. */
public record ToolDescription(
        String description,
        Set<ToolAction> actions,
        Set<String> services,
        Set<String> environments,
        String responsible,
        boolean enabled) {}
