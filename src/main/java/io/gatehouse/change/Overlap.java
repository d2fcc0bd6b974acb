package io.gatehouse.change;

/** Another change that touches the same service in the same environment at the same time. */
public record Overlap(String number, String title, String service, ChangeState state, Window window) {}
