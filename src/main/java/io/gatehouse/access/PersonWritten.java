package io.gatehouse.access;

/**
 * Something about a person was written to the tables of people.
 *
 * @param what as the audit trail calls it: {@code PasswordHashRenewed}
 */
public record PersonWritten(String person, String what) {}
