package io.gatehouse.release;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * How ready a release is.
 *
 * @param items every criterion, whether it is met or not
 */
public record Readiness(List<ReadinessItem> items) {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("d MMM uuuu HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    /** How many of a hundred criteria would be met; rounded down, so that 100 means all of them. */
    public int score() {
        return items.isEmpty()
                ? 100
                : (int) (100 * items.stream().filter(ReadinessItem::met).count() / items.size());
    }

    public List<ReadinessItem> missing() {
        return items.stream().filter(item -> !item.met()).toList();
    }

    /** As people read it, a line for each criterion; what is missing first. */
    String text() {
        StringBuilder text = new StringBuilder("Readiness " + score() + " of 100\n");
        missing().forEach(item -> line(text, "missing", item));
        items.stream().filter(ReadinessItem::met).forEach(item -> line(text, "ready", item));
        return text.toString();
    }

    private static void line(StringBuilder text, String word, ReadinessItem item) {
        text.append(word).append(": ").append(item.key()).append(", ").append(item.sentence());
        if (item.owner() != null) {
            text.append("; ").append(item.met() ? "by " : "ask ").append(item.owner());
        }
        if (item.since() != null) {
            text.append(", missing since ").append(SHOWN.format(item.since()));
        }
        text.append('\n');
    }
}
