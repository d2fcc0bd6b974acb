package io.gatehouse.release.train;

/** What a milestone of a train is. */
public enum MilestoneKind {
    /** A point by which something should be done. */
    MILESTONE,
    /** From then on something may no longer go in: features, requirements, specifications, texts. */
    FREEZE,
    /** The last days on which versions are taken for the packages of the train. */
    CUT_OFF,
    /** Release candidates are made. */
    CANDIDATE,
    /** The train releases. */
    FINAL,
    /** Anything else, such as a meeting or an election. */
    EVENT
}
