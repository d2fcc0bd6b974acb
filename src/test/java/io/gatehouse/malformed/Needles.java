package io.gatehouse.malformed;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Texts to look for in others, all in one pass: there are hundreds of them, and a database and a log to be searched. */
final class Needles {

    /** As many characters of each, and of each only its lower byte, as tell most of them from what they are not. */
    private static final int BEGINNING = Long.BYTES;

    private final Map<Long, List<String>> byBeginning = new HashMap<>();

    /** Says no for nearly every place in a text, at once. */
    private final BitSet endsOfBeginnings = new BitSet();

    Needles(Collection<String> needles) {
        for (String needle : needles) {
            if (needle.length() < BEGINNING) {
                throw new IllegalArgumentException("Too short to look for: " + needle);
            }
            long beginning = 0;
            for (int i = 0; i < BEGINNING; i++) {
                beginning = next(beginning, needle.charAt(i));
            }
            byBeginning.computeIfAbsent(beginning, unknown -> new ArrayList<>()).add(needle);
            endsOfBeginnings.set(end(beginning));
        }
    }

    /** Those of them that stand in a text. */
    Set<String> in(String text) {
        Set<String> found = new HashSet<>();
        long last = 0;
        for (int i = 0; i < text.length(); i++) {
            last = next(last, text.charAt(i));
            if (endsOfBeginnings.get(end(last))) {
                for (String needle : byBeginning.getOrDefault(last, List.of())) {
                    if (text.startsWith(needle, i + 1 - BEGINNING)) {
                        found.add(needle);
                    }
                }
            }
        }
        return found;
    }

    /** Of eight characters, the last two. */
    private static int end(long beginning) {
        return (int) (beginning & 0xffff);
    }

    private static long next(long before, char character) {
        return before << Byte.SIZE | character & 0xff;
    }
}
