package io.gatehouse.change;

/** A change was closed or canceled; told in the transaction that makes it so. */
public record ChangeEnded(String number) {}
