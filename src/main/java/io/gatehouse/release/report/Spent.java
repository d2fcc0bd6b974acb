package io.gatehouse.release.report;

import java.math.BigDecimal;

/** What all bookings of a release come to, those that were taken back left out. */
public record Spent(BigDecimal hours, Money money) {}
