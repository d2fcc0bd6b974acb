package io.gatehouse.rollout.connector;

/** What a connector's tool allows when nobody knows whether a command reached it. */
public enum AfterCrash {
    /** The tool does nothing twice for one key: the command is sent again. */
    DEDUPLICATES,
    /** The tool can be asked about a key: it is asked, and the command is sent again only if it was never seen. */
    QUERYABLE,
    /** A person has to find out. */
    NEITHER
}
