package io.gatehouse.audit.verify;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far a chain reaches: the number and hash of its last entry, written {@code 1234:<64 hexadecimal digits>}. */
record Head(long number, String hash) {

    /** Where every chain begins, before its first entry. */
    static final Head START = new Head(0, "0".repeat(64));

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18}):([0-9a-f]{64})");

    static Head parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("A head is written <number>:<64 hexadecimal digits>, not " + text);
        }
        return new Head(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    @Override
    public String toString() {
        return number + ":" + hash;
    }
}
