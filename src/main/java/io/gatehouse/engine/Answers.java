package io.gatehouse.engine;

import io.gatehouse.api.ProblemException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a person typed into a task's form, read field by field. A missing, unknown or malformed field is refused with a
 * sentence that names it.
 */
public class Answers {

    private final Map<String, Object> values;
    private final Set<String> unread;

    public Answers(Map<String, Object> values) {
        this.values = values;
        this.unread = new HashSet<>(values.keySet());
    }

    /** One of the names of an enum. */
    public <E extends Enum<E>> E choice(String field, Class<E> type) {
        String answer = text(field, 100);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(answer))
                .findFirst()
                .orElseThrow(() -> invalid(
                        field,
                        "must be one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(type.getEnumConstants())
                                                .map(Enum::name)
                                                .toList())));
    }

    /** A text that must be there. */
    public String text(String field, int maxLength) {
        String answer = optionalText(field, maxLength);
        if (answer.isBlank()) {
            throw invalid(field, "must be filled in");
        }
        return answer;
    }

    /** A text that may be missing; then it is empty. */
    public String optionalText(String field, int maxLength) {
        unread.remove(field);
        Object answer = values.getOrDefault(field, "");
        if (!(answer instanceof String text)) {
            throw invalid(field, "must be text");
        }
        if (text.length() > maxLength) {
            throw invalid(field, "must be at most " + maxLength + " characters, not " + text.length());
        }
        return text.strip();
    }

    /** A tick box; not ticked when missing. */
    public boolean ticked(String field) {
        unread.remove(field);
        Object answer = values.getOrDefault(field, false);
        if (!(answer instanceof Boolean ticked)) {
            throw invalid(field, "must be true or false");
        }
        return ticked;
    }

    /** To be called after the last read: a field nobody asked for is an error, so a typo never passes silently. */
    public void nothingElse() {
        unread.stream().sorted().findFirst().ifPresent(field -> {
            throw invalid(field, "is not a field of this form");
        });
    }

    private static ProblemException invalid(String field, String message) {
        return ProblemException.invalid(field, message);
    }
}
