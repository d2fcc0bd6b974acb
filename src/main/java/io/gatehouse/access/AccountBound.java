package io.gatehouse.access;

import java.time.Instant;

/**
 * A name was seen for the first time and belongs to this account of the identity provider from now on.
 *
 * @param name the id of the person
 * @param subject the account, as the identity provider tells it from every other for ever
 */
public record AccountBound(String name, String subject, Instant at) {}
