package io.gatehouse.release;

/** Where a release stands. */
public enum ReleaseState {
    /** It is written down, and nobody works on it yet. */
    PLANNED,
    /** Its package is put together. */
    PREPARING,
    /** Its package is fixed, and goes through the stages before production. */
    TESTING,
    /** Its package has passed its stages, and its seats decide whether it goes into production. */
    DECIDING,
    /** Its seats let it go, and it waits in front of production until another release is where it must be. */
    WAITING,
    /** It goes: a change carries it into production. */
    DEPLOYING,
    /** It is in production. */
    CLOSED,
    /** Nobody wants it any more. */
    RETIRED;

    /** Whether nothing more will happen. */
    public boolean isFinal() {
        return this == CLOSED || this == RETIRED;
    }
}
