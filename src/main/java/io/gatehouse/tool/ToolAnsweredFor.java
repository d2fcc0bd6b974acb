package io.gatehouse.tool;

/**
 * Somebody answers for a tool: they became responsible for it or made a token of it, or were and did until now.
 *
 * @param tool the tool as a caller, {@code tool:<name>}
 * @param person id of the person
 */
public record ToolAnsweredFor(String tool, String person) {}
