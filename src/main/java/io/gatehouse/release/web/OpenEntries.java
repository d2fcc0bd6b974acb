package io.gatehouse.release.web;

import io.gatehouse.release.risk.RiskContent;
import io.gatehouse.release.risk.RiskEntry;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What is open in the register of a release, as a status report says it: the greatest, and how many more there are.
 *
 * @param none what there is to say if none is open
 * @param more how many are open and not shown
 */
record OpenEntries(String title, String none, List<Line> shown, int more) {

    private static final int MOST = 3;
    private static final int GREATEST = 25;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    /**
     * One of them.
     *
     * @param mark why it is pressing; empty if it is not
     */
    record Line(String title, String mark, String standing) {

        private static Line of(RiskEntry entry, Instant at) {
            List<String> marks = new ArrayList<>();
            if (entry.overdueSince(at).isPresent()) {
                marks.add("OVERDUE");
            }
            if (entry.isBlocker()) {
                marks.add("BLOCKS IT");
            }
            return new Line(
                    entry.number() + " " + entry.content().title().strip().replaceAll("\\s+", " "),
                    String.join(", ", marks),
                    standing(entry));
        }

        private static String standing(RiskEntry entry) {
            RiskContent content = entry.content();
            RiskEntry.Trend trend = entry.trend();
            return entry.present().rating() + " of " + GREATEST
                    + (trend == null ? "" : ", " + trend.name().toLowerCase(Locale.ROOT))
                    + (content.dueOn() == null ? ", no day set" : ", due " + DAY.format(content.dueOn()))
                    + ", owner " + content.owner();
        }
    }

    /**
     * Risks, then issues; what blocks the release comes first.
     *
     * @param open greatest first
     * @param at when a day that has gone by makes one overdue
     */
    static List<OpenEntries> of(List<RiskEntry> open, Instant at) {
        return List.of(
                of("Top risks", "No risk is open.", RiskEntry.Kind.RISK, open, at),
                of("Open issues", "No issue is open.", RiskEntry.Kind.ISSUE, open, at));
    }

    private static OpenEntries of(String title, String none, RiskEntry.Kind kind, List<RiskEntry> open, Instant at) {
        List<RiskEntry> all = open.stream()
                .filter(entry -> entry.kind() == kind)
                .sorted(Comparator.comparing(RiskEntry::isBlocker).reversed())
                .toList();
        return new OpenEntries(
                title,
                none,
                all.stream().limit(MOST).map(entry -> Line.of(entry, at)).toList(),
                Math.max(0, all.size() - MOST));
    }
}
