package io.gatehouse.cab;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Minutes as Markdown, for people. What somebody wrote stays in one line and means nothing in it. */
final class MinutesText {

    private MinutesText() {}

    static String of(MinutesDocument minutes) {
        ZoneId zone = ZoneId.of(minutes.timeZone());
        StringBuilder text = new StringBuilder();
        text.append("# Minutes of ").append(minutes.meeting()).append(": ").append(plain(minutes.boardName()));
        text.append("\n\n");
        line(text, "Planned", MeetingTime.between(minutes.plannedFrom(), minutes.plannedUntil(), zone));
        line(text, "Opened", at(minutes.openedAt(), minutes.openedBy(), zone));
        line(text, "Closed", at(minutes.closedAt(), minutes.closedBy(), zone));
        line(text, "Present", people(minutes.present()));
        line(text, "Absent", people(minutes.absent()));
        line(
                text,
                "Quorum",
                (minutes.quorumPresent() ? "present" : "not present") + ", which is " + minutes.minimumVotes()
                        + " seats"
                        + (minutes.requiredSeats().isEmpty()
                                ? ""
                                : " with " + String.join(", ", minutes.requiredSeats())));
        for (int i = 0; i < minutes.items().size(); i++) {
            item(text, i + 1, minutes.items().get(i));
        }
        if (minutes.remarks() != null && !minutes.remarks().isEmpty()) {
            text.append("\n## Remarks\n\n").append(plain(minutes.remarks())).append('\n');
        }
        return text.toString();
    }

    private static void item(StringBuilder text, int position, MinutesDocument.Item item) {
        text.append("\n## ").append(position).append(". ").append(item.change()).append(": ");
        text.append(plain(item.title())).append("\n\n");
        if (item.risk() != null) {
            line(text, "Risk", item.risk());
        }
        line(text, "Outcome", outcome(item));
        for (ItemDecisions.SeatVote vote : item.votes()) {
            line(text, vote.seat(), vote.vote() + " (" + plain(vote.person()) + "): " + plain(vote.reason()));
        }
        for (ItemDecisions.Demand demand : item.conditions()) {
            line(text, "Condition", plain(demand.condition()) + (demand.task() == null ? "" : ": " + demand.task()));
        }
    }

    private static String outcome(MinutesDocument.Item item) {
        return switch (item.state()) {
            case DECIDED -> String.valueOf(item.outcome());
            case DEFERRED -> "deferred: " + plain(String.valueOf(item.because()));
            case REPORTED -> "the board was told of this emergency change";
            case SETTLED -> "nothing was left to decide";
            case LISTED, REMOVED -> "not looked at";
        };
    }

    private static String at(@Nullable Instant moment, @Nullable String by, ZoneId zone) {
        return moment == null ? "-" : MeetingTime.of(moment, zone) + " by " + by;
    }

    private static String people(List<MinutesDocument.Present> people) {
        return people.isEmpty()
                ? "nobody"
                : people.stream()
                        .map(one -> plain(one.person()) + " (" + one.seat() + ")")
                        .collect(Collectors.joining(", "));
    }

    private static void line(StringBuilder text, String what, String said) {
        text.append("- ").append(what).append(": ").append(said).append('\n');
    }

    /** In one line, with nothing that Markdown or HTML would take for more than text. */
    private static String plain(String written) {
        return io.gatehouse.engine.FormText.literal(written);
    }
}
