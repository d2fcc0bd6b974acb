package io.gatehouse.change;

/**
 * A standard change was written down; published inside the transaction that does it.
 *
 * @param template the key of the template that authorises it
 */
public record StandardChangeRaised(String number, String template) {}
