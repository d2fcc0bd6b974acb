package io.gatehouse.rollout.prometheus;

/** Which way a number gets worse. */
enum Worse {
    HIGHER,
    LOWER;

    /** By how many percent of the second the first is worse; less than 0 if better, infinite from nothing. */
    double percent(double number, double than) {
        double more = this == HIGHER ? number - than : than - number;
        return more == 0 ? 0 : more / Math.abs(than) * 100;
    }
}
