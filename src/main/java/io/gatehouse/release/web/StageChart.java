package io.gatehouse.release.web;

import io.gatehouse.release.Forecast;
import io.gatehouse.release.StageTimes;
import io.gatehouse.release.report.Outlook;
import io.gatehouse.release.report.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stages of a release over time, as whoever draws them needs it: in shares of the width, from 0 to 1.
 *
 * @param from at the left
 * @param to at the right
 * @param today where the moment of the report is; absent if that is later
 */
record StageChart(String from, String to, @Nullable Double today, List<Row> rows) {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_OF_YEAR =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** Part of the width. */
    record Span(double from, double to) {

        public double width() {
            return to - from;
        }
    }

    /**
     * One stage.
     *
     * @param actual from when it began until it ended, or until now
     * @param expected what is left of it, until it is likely done
     * @param range between the earliest and the latest end
     * @param plannedText and actualText the same in words
     */
    record Row(
            String name,
            Span planned,
            @Nullable Span actual,
            @Nullable Span expected,
            @Nullable Span range,
            String plannedText,
            String actualText) {}

    static StageChart of(Progress progress) {
        return new Scale(progress).chart();
    }

    private record Scale(Progress progress, Instant from, Instant to) {

        private Scale(Progress progress) {
            this(progress, first(progress), last(progress));
        }

        private static Instant first(Progress progress) {
            return progress.stages().stream()
                    .flatMap(stage -> Stream.of(stage.planned().startsAt(), stage.startedAt()))
                    .filter(Objects::nonNull)
                    .min(Instant::compareTo)
                    .orElseThrow();
        }

        /** The latest end may be so far away that nothing else could be seen any more. */
        private static Instant last(Progress progress) {
            Instant likely = Stream.concat(
                            progress.stages().stream()
                                    .flatMap(stage -> Stream.of(
                                            stage.planned().endsAt(),
                                            stage.endedAt(),
                                            isRunning(stage, progress) ? progress.asOf() : null)),
                            progress.outlook().stages().stream()
                                    .map(forecast -> forecast == null ? null : forecast.likely()))
                    .filter(Objects::nonNull)
                    .max(Instant::compareTo)
                    .orElseThrow();
            Forecast end = progress.outlook().end();
            Instant limit =
                    likely.plus(Duration.between(first(progress), likely).dividedBy(3));
            Instant latest = end == null || end.latest() == null ? likely : end.latest();
            return latest.isBefore(likely) ? likely : latest.isBefore(limit) ? latest : limit;
        }

        private static boolean isRunning(StageTimes stage, Progress progress) {
            return stage.startedAt() != null
                    && stage.endedAt() == null
                    && !progress.release().state().isFinal();
        }

        private StageChart chart() {
            List<Row> rows = new ArrayList<>();
            Instant before = Instant.MIN;
            Outlook outlook = progress.outlook();
            for (int i = 0; i < progress.stages().size(); i++) {
                StageTimes stage = progress.stages().get(i);
                Forecast forecast = outlook.stages().get(i);
                rows.add(row(stage, forecast, before));
                before = forecast == null ? before : forecast.likely();
            }
            Double today = progress.asOf().isAfter(to) ? null : at(progress.asOf());
            return new StageChart(DAY.format(from), DAY.format(to), today, rows);
        }

        private Row row(StageTimes stage, @Nullable Forecast forecast, Instant before) {
            Instant now = progress.asOf();
            Instant started = stage.startedAt();
            Instant stopped = progress.release().progress().endedAt();
            Instant until = stage.endedAt() != null ? stage.endedAt() : stopped != null ? stopped : now;
            return new Row(
                    stage.name(),
                    span(stage.planned().startsAt(), stage.planned().endsAt()),
                    started == null ? null : span(started, later(started, until)),
                    forecast == null ? null : span(beginning(stage, before), forecast.likely()),
                    forecast == null || forecast.earliest() == null || forecast.latest() == null
                            ? null
                            : span(forecast.earliest(), forecast.latest()),
                    "Planned "
                            + days(stage.planned().startsAt(), stage.planned().endsAt()),
                    text(stage, forecast));
        }

        private Instant beginning(StageTimes stage, Instant before) {
            Instant possible = later(before, progress.asOf());
            return stage.startedAt() == null ? later(possible, stage.planned().startsAt()) : progress.asOf();
        }

        private static String text(StageTimes stage, @Nullable Forecast forecast) {
            if (stage.startedAt() != null && stage.endedAt() != null) {
                return "Done " + days(stage.startedAt(), stage.endedAt());
            }
            String begun = stage.startedAt() == null ? "Not begun" : "Begun " + DAY_OF_YEAR.format(stage.startedAt());
            if (forecast == null) {
                return begun;
            }
            String range = forecast.earliest() == null || forecast.latest() == null
                    ? ""
                    : " (" + days(forecast.earliest(), forecast.latest()) + ")";
            return begun + ", likely done " + DAY_OF_YEAR.format(forecast.likely()) + range;
        }

        /** With the times, in UTC, if it is all on one day. */
        private static String days(Instant one, Instant other) {
            String first = DAY_OF_YEAR.format(one);
            String second = DAY_OF_YEAR.format(other);
            return first.equals(second)
                    ? first + " " + TIME.format(one) + " – " + TIME.format(other)
                    : first + " – " + second;
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }

        private Span span(Instant begin, Instant end) {
            return new Span(at(begin), Math.max(at(begin), at(end)));
        }

        private double at(Instant moment) {
            double all = Duration.between(from, to).toMillis();
            return Math.min(1, Math.max(0, Duration.between(from, moment).toMillis() / all));
        }
    }
}
