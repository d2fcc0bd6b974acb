package io.gatehouse.release;

/** How far a release of the sample organisation has come. */
enum SampleProgress {
    PLANNED,
    RETIRED,
    PREPARING,
    /** By those who were to put its package together. */
    GIVEN_UP,
    /** It may have to wait in front of its first stage. */
    TESTING,
    /** It is deployed in its first stage, and one of the tests is done. */
    TESTED,
    /** It came back from its first stage. */
    FAILED,
    /** It has passed its stages, and no seat has voted. */
    DECIDING,
    VOTED,
    /** It may go once a condition is met. */
    CONDITIONAL,
    DEPLOYING,
    CLOSED
}
