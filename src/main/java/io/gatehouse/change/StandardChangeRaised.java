package io.gatehouse.change;

import org.jspecify.annotations.Nullable;

/**
 * A standard change was written down; published inside the transaction that does it.
 *
 * @param template the key of the template that authorises it
 * @param version the number of the version it was raised from; absent for a template that has none
 */
public record StandardChangeRaised(String number, String template, @Nullable String version) {}
