package io.gatehouse.tool.web;

import io.gatehouse.access.ToolAction;
import io.gatehouse.tool.Tool;
import java.time.Instant;
import java.util.Set;

/** A tool as the API shows it. */
record ToolRepresentation(
        String name,
        String description,
        Set<ToolAction> actions,
        Set<String> services,
        Set<String> environments,
        String responsible,
        boolean enabled,
        String createdBy,
        Instant createdAt) {

    static ToolRepresentation of(Tool tool) {
        return new ToolRepresentation(
                tool.name(),
                tool.description(),
                tool.actions(),
                tool.services(),
                tool.environments(),
                tool.responsible(),
                tool.enabled(),
                tool.createdBy(),
                tool.createdAt());
    }
}
