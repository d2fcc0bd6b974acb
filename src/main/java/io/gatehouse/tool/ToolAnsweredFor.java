package io.gatehouse.tool;

/**
 * Somebody began to answer for a tool: they became responsible for it, or made a token of it.
 *
 * @param tool the tool as a caller, {@code tool:<name>}
 * @param person id of the person
 */
public record ToolAnsweredFor(String tool, String person) {}
