package io.gatehouse.secret.web;

import org.jspecify.annotations.Nullable;

/**
 * The value of a secret as a client sends it.
 *
 * @param acceptPrevious whether callbacks signed with the value before are accepted for a day; true when absent
 */
record SecretInput(@Nullable String value, @Nullable Boolean acceptPrevious) {

    /** Spring logs bodies at level DEBUG. */
    @Override
    public String toString() {
        return "SecretInput";
    }
}
