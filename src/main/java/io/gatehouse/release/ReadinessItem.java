package io.gatehouse.release;

/**
 * Something that a release should have before it goes into production, looked at by a machine.
 *
 * @param criterion its name: {@code backout-plan}
 * @param met whether the release has it
 * @param sentence what was found, or what is missing and who could see to it
 */
public record ReadinessItem(String criterion, boolean met, String sentence) {}
