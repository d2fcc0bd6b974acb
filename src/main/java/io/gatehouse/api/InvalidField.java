package io.gatehouse.api;

/**
 * One field of a request that cannot be accepted.
 *
 * @param field path of the field as the client wrote it, such as {@code services[0].key}
 * @param message what is expected, to be read after the field's name: "must not be blank"
 */
public record InvalidField(String field, String message) {}
