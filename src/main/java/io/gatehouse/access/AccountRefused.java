package io.gatehouse.access;

/**
 * An account that its identity provider vouches for was not let in.
 *
 * @param subject the account, as the identity provider tells it from every other
 * @param name the id it would have had, empty if it cannot be one
 * @param reason a word for why, as {@code ACCOUNT_RENAMED}
 */
public record AccountRefused(String subject, String name, String reason) {}
