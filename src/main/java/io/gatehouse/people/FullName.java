package io.gatehouse.people;

import java.text.Normalizer;
import java.util.Optional;

/**
 * What others read of a person. The engine keeps it in two parts, of which Gatehouse shows the whole.
 *
 * @param first everything before the last space
 * @param last what follows it, or all of a name without a space
 */
record FullName(String first, String last) {

    static final int LONGEST = 100;

    static FullName of(String text) {
        String name = tidy(text);
        int space = name.lastIndexOf(' ');
        return space < 0 ? new FullName("", name) : new FullName(name.substring(0, space), name.substring(space + 1));
    }

    /** Why this is no name, in words that follow what it is the name of; empty if it is one. */
    static Optional<String> objection(String text) {
        String name = tidy(text);
        boolean shown =
                !name.isEmpty() && name.length() <= LONGEST && name.chars().noneMatch(FullName::isHidden);
        return shown ? Optional.empty() : Optional.of("must be 1 to " + LONGEST + " characters that can be seen");
    }

    /** Characters that turn the direction of what follows or are not there at all could make one name look like another. */
    private static boolean isHidden(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
    }

    private static String tidy(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).strip().replaceAll("\\s+", " ");
    }

    String text() {
        return first.isEmpty() ? last : first + " " + last;
    }
}
