package io.gatehouse.release.web;

import io.gatehouse.release.GoCondition;
import io.gatehouse.release.GoNoGo;
import io.gatehouse.release.Readiness;
import io.gatehouse.release.ReadinessItem;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseContent;
import io.gatehouse.release.ReleaseState;
import io.gatehouse.release.report.BudgetProgress;
import io.gatehouse.release.report.BudgetStatus;
import io.gatehouse.release.report.Judgement;
import io.gatehouse.release.report.Money;
import io.gatehouse.release.report.Progress;
import io.gatehouse.release.report.StatusReport;
import io.gatehouse.release.report.TimeStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a status report says, in the words in which the page and the printed sheet say it.
 *
 * @param missing what the release should have before it goes into production, and has not
 * @param decision what its seats said, a line for each
 * @param method on what the forecast rests
 */
record StatusSheet(
        String number,
        String name,
        List<Fact> facts,
        List<Light> lights,
        StageChart chart,
        List<Bar> bars,
        List<OpenEntries> register,
        List<String> missing,
        List<String> decision,
        String method,
        String asOf) {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final String NO_MORE = "Its criteria are not looked at any more.";

    record Fact(String label, String value) {}

    /** How a traffic light stands; each has a shape of its own, too. */
    enum Level {
        GOOD,
        DOUBTFUL,
        BAD,
        /** There is nothing to judge. */
        OFF
    }

    record Light(String title, String word, Level level, List<String> reasons) {

        public String style() {
            return level.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How much is spent of how much.
     *
     * @param planned and spent as shares of the width, from 0 to 1
     */
    record Bar(String label, double planned, double spent, String text) {}

    static StatusSheet of(StatusReport report) {
        Progress progress = report.progress();
        ReleaseContent content = progress.release().content();
        // Nobody sees to its register once it is over, so nothing becomes late any more.
        Instant until = Objects.requireNonNullElse(progress.release().progress().endedAt(), progress.asOf());
        return new StatusSheet(
                progress.release().number(),
                oneLine(content.name()),
                facts(progress),
                List.of(
                        time(progress.time()),
                        budget(progress.budget()),
                        readiness(progress.release(), report.readiness())),
                StageChart.of(progress),
                bars(progress.budget()),
                OpenEntries.of(report.open(), until),
                missing(progress.release(), report.readiness()),
                decision(progress.release(), report.decision()),
                progress.outlook().method(),
                shown(progress.asOf()));
    }

    private static List<Fact> facts(Progress progress) {
        ReleaseContent content = progress.release().content();
        return List.of(
                new Fact("State", progress.release().state().name()),
                new Fact("Manager", oneLine(content.manager())),
                new Fact("Train", Objects.requireNonNullElse(content.train(), "none")),
                new Fact(
                        "Window",
                        content.environment() + ", " + shown(content.window().startsAt()) + " to "
                                + shown(content.window().endsAt())),
                new Fact("Done", (int) (100 * progress.done()) + " percent of the planned time"));
    }

    private static Light time(Judgement<TimeStatus> time) {
        TimeStatus status = time.status();
        if (status == null) {
            return new Light("Time", "GIVEN UP", Level.OFF, time.reasons());
        }
        return switch (status) {
            case ON_TIME -> new Light("Time", "ON TIME", Level.GOOD, time.reasons());
            case AT_RISK -> new Light("Time", "AT RISK", Level.DOUBTFUL, time.reasons());
            case LATE -> new Light("Time", "LATE", Level.BAD, time.reasons());
        };
    }

    private static Light budget(@Nullable BudgetProgress budget) {
        if (budget == null) {
            return new Light("Budget", "NO BUDGET", Level.OFF, List.of("Nobody has set one."));
        }
        List<String> reasons = budget.judgement().reasons();
        BudgetStatus status = Objects.requireNonNull(budget.judgement().status());
        return switch (status) {
            case WITHIN_BUDGET -> new Light("Budget", "WITHIN BUDGET", Level.GOOD, reasons);
            case AT_RISK -> new Light("Budget", "AT RISK", Level.DOUBTFUL, reasons);
            case OVER -> new Light("Budget", "OVER", Level.BAD, reasons);
        };
    }

    /** Once it is over, what is missing now is not what was missing then; that is in the decision. */
    private static Light readiness(Release release, Readiness readiness) {
        if (release.state().isFinal()) {
            String word = release.state() == ReleaseState.CLOSED ? "IN PRODUCTION" : "GIVEN UP";
            return new Light("Readiness", word, Level.OFF, List.of(NO_MORE));
        }
        boolean ready = readiness.score() == 100;
        long met = readiness.items().stream().filter(ReadinessItem::met).count();
        return new Light(
                "Readiness",
                ready ? "READY" : "NOT READY",
                ready ? Level.GOOD : Level.DOUBTFUL,
                List.of("%d of 100: %d of %d criteria are met."
                        .formatted(readiness.score(), met, readiness.items().size())));
    }

    private static List<Bar> bars(@Nullable BudgetProgress progress) {
        if (progress == null) {
            return List.of();
        }
        Money planned = progress.budget().money();
        Money spent = progress.spent().money();
        return List.of(
                bar(
                        "Effort",
                        progress.budget().hours(),
                        progress.spent().hours(),
                        String.format(
                                Locale.ROOT,
                                "%,.2f of %,.2f hours",
                                progress.spent().hours(),
                                progress.budget().hours())),
                bar("Money", planned.amount(), spent.amount(), spent + " of " + planned));
    }

    private static Bar bar(String label, BigDecimal planned, BigDecimal spent, String text) {
        double most = Math.max(planned.doubleValue(), spent.doubleValue());
        return most <= 0
                ? new Bar(label, 1, 0, text)
                : new Bar(label, planned.doubleValue() / most, spent.doubleValue() / most, text);
    }

    private static List<String> missing(Release release, Readiness readiness) {
        if (release.state().isFinal()) {
            return List.of(NO_MORE);
        }
        return readiness.items().stream()
                .filter(item -> !item.met())
                .map(item -> item.criterion() + ": " + oneLine(item.sentence()))
                .toList();
    }

    private static List<String> decision(Release release, @Nullable GoNoGo decision) {
        if (decision == null) {
            return List.of("Its seats have not been asked yet.");
        }
        List<String> lines = new ArrayList<>();
        String waitsFor = release.progress().waitsFor();
        if (waitsFor != null) {
            lines.add("It waits in front of production: " + oneLine(waitsFor));
        }
        if (decision.outcome() == null || decision.decidedAt() == null) {
            lines.add("%d of %d seats have voted; they may until %s."
                    .formatted(decision.votes().size(), decision.seats().size(), shown(decision.closesAt())));
        } else {
            lines.add("%s on %s: %s"
                    .formatted(
                            decision.outcome().name().replace('_', ' '),
                            shown(decision.decidedAt()),
                            oneLine(String.valueOf(decision.reason()))));
        }
        decision.votes()
                .forEach(vote -> lines.add(
                        vote.seat() + ": " + vote.vote().name().replace('_', ' ') + ", " + oneLine(vote.reason())));
        decision.conditions().stream()
                .filter(condition -> condition.state() != GoCondition.State.MET)
                .forEach(condition -> lines.add("Condition, " + condition.state() + ": "
                        + oneLine(condition.demand().demanded()) + ", until "
                        + shown(condition.demand().dueAt())));
        return lines;
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static String shown(Instant moment) {
        return MOMENT.format(moment);
    }
}
