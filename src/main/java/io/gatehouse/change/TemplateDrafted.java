package io.gatehouse.change;

import org.jspecify.annotations.Nullable;

/**
 * Somebody begins to write a version of a template; published inside the transaction that does it.
 *
 * @param number the number of the version
 * @param template the key of the template
 * @param from the number of the version it begins as a copy of; absent for the first
 */
public record TemplateDrafted(String number, String template, @Nullable String from) {}
