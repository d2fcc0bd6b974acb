package io.gatehouse.release;

import io.gatehouse.engine.FormText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The minutes of a decision as Markdown, for people. What somebody wrote stays in one line and means nothing in it. */
final class GoNoGoMinutes {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private GoNoGoMinutes() {}

    static String of(Release release, GoNoGo decision) {
        StringBuilder text = new StringBuilder();
        text.append("# Go/No-Go on ").append(release.number()).append(": ");
        text.append(FormText.literal(release.content().name())).append("\n\n");
        line(text, "Round", Integer.toString(decision.round()));
        line(text, "Asked", shown(decision.openedAt()));
        line(text, "Decided", shown(decision.decidedAt()));
        line(text, "Outcome", decision.outcome() + ": " + FormText.literal(String.valueOf(decision.reason())));
        text.append("\n## Votes\n\n");
        for (GoNoGoSeat seat : decision.seats()) {
            line(text, seat.seat() + (seat.veto() ? " (veto)" : ""), said(decision, seat));
        }
        if (!decision.conditions().isEmpty()) {
            text.append("\n## Conditions\n\n");
            decision.conditions().forEach(condition -> condition(text, condition));
        }
        text.append("\n## What the seats saw\n\n");
        decision.readiness().text().lines().forEach(found -> text.append("- ")
                .append(FormText.literal(found))
                .append('\n'));
        text.append("\nSHA-256 of it: ").append(decision.readiness().sha256()).append('\n');
        return text.toString();
    }

    private static String said(GoNoGo decision, GoNoGoSeat seat) {
        return decision.votes().stream()
                .filter(vote -> vote.seat().equals(seat.seat()))
                .map(vote -> vote.vote() + " (" + FormText.literal(vote.voter()) + ", " + shown(vote.castAt()) + "): "
                        + FormText.literal(vote.reason()))
                .findFirst()
                .orElse("has not voted");
    }

    private static void condition(StringBuilder text, GoCondition condition) {
        Demand demand = condition.demand();
        String who = demand.owner() == null ? demand.ownerGroup() : demand.owner();
        line(
                text,
                condition.number(),
                FormText.literal(demand.demanded()) + " (" + condition.seat() + "; by "
                        + FormText.literal(String.valueOf(who)) + " until " + shown(demand.dueAt()) + "): "
                        + condition.state()
                        + (condition.note() == null ? "" : ", " + FormText.literal(condition.note())));
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append("- **").append(label).append(":** ").append(value).append('\n');
    }

    private static String shown(@Nullable Instant moment) {
        return moment == null ? "" : SHOWN.format(moment);
    }
}
