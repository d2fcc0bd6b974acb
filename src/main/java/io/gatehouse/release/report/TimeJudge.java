package io.gatehouse.release.report;

import io.gatehouse.release.Forecast;
import io.gatehouse.release.ReleaseState;
import io.gatehouse.release.StageTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Says whether a release is on time: by its plan, by what is done, and by what is expected of the rest. */
record TimeJudge(ReleaseState state, List<StageTimes> stages, Outlook outlook, Instant now) {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    static String shown(Instant moment) {
        return MOMENT.format(moment);
    }

    Judgement<TimeStatus> judge() {
        StageTimes last = stages.get(stages.size() - 1);
        Instant plannedEnd = last.planned().endsAt();
        if (state == ReleaseState.RETIRED) {
            return new Judgement<>(null, List.of("It was given up."));
        }
        if (last.endedAt() != null) {
            boolean late = last.endedAt().isAfter(plannedEnd);
            return new Judgement<>(
                    late ? TimeStatus.LATE : TimeStatus.ON_TIME,
                    List.of("It was in production on " + shown(last.endedAt()) + ", "
                            + (late ? distance(plannedEnd, last.endedAt()) + " after" : "before")
                            + " its window ended."));
        }
        return underWay(plannedEnd, Objects.requireNonNull(outlook.end()));
    }

    private Judgement<TimeStatus> underWay(Instant plannedEnd, Forecast end) {
        List<String> reasons = new ArrayList<>();
        TimeStatus status = TimeStatus.ON_TIME;
        if (!now.isBefore(plannedEnd)) {
            status = TimeStatus.LATE;
            reasons.add("Its window ended on " + shown(plannedEnd) + ", and it is not in production.");
        } else if (end.likely().isAfter(plannedEnd)) {
            status = TimeStatus.LATE;
            reasons.add("It will likely be in production on " + shown(end.likely()) + ", "
                    + distance(plannedEnd, end.likely()) + " after its window ends.");
        } else if (end.latest() != null && end.latest().isAfter(plannedEnd)) {
            status = TimeStatus.AT_RISK;
            reasons.add("It will likely be in production on " + shown(end.likely()) + ", but it may take until "
                    + shown(end.latest()) + ", and its window ends on " + shown(plannedEnd) + ".");
        } else {
            reasons.add("It will likely be in production on " + shown(end.likely()) + "; its window ends on "
                    + shown(plannedEnd) + ".");
        }
        for (StageTimes stage : stages.subList(0, stages.size() - 1)) {
            if (stage.isOverdue(now)) {
                status = status == TimeStatus.ON_TIME ? TimeStatus.AT_RISK : status;
                reasons.add("The stage " + stage.name() + " should have ended on "
                        + shown(stage.planned().endsAt()) + ".");
            }
        }
        return new Judgement<>(status, reasons);
    }

    private static String distance(Instant from, Instant to) {
        Duration between = Duration.between(from, to);
        return between.toDays() >= 2
                ? between.toDays() + " days"
                : between.toHours() >= 2 ? between.toHours() + " hours" : Math.max(1, between.toMinutes()) + " minutes";
    }
}
