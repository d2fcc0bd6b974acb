package io.gatehouse.audit.verify;

/**
 * What was found.
 *
 * @param intact whether every check passed
 * @param sentence the head to keep for the next check, or the first entry that is wrong and what is wrong with it
 */
record Verdict(boolean intact, String sentence) {

    static Verdict intact(Head head) {
        return new Verdict(true, "The audit trail is intact: " + head.number() + " entries, head " + head);
    }

    static Verdict broken(long number, String why) {
        return new Verdict(false, "The audit trail is broken at entry " + number + ": " + why);
    }
}
