package io.gatehouse.change;

/** A piece of evidence or background on the web: ticket, test report, merge request. */
public record Link(String title, String url) {}
