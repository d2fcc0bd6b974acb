package io.gatehouse.release;

import io.gatehouse.change.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a release will be through a stage, as far as its plan and the plans of what it needs tell.
 *
 * @param planned when it is to be done
 * @param through whether that is over
 * @param endsAt when it will be over; absent if it never will
 * @param because what it needs that holds it up, of several the one that ends last; absent if none does
 * @param fault why it is late or never over by itself; absent if it is not
 */
public record StageForecast(
        String release,
        String stage,
        Window planned,
        boolean through,
        @Nullable Instant endsAt,
        @Nullable StageForecast because,
        @Nullable String fault) {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    static String shown(Instant moment) {
        return SHOWN.format(moment);
    }

    public boolean isLate() {
        return !through && (endsAt == null || endsAt.isAfter(planned.endsAt()));
    }

    /** How many days later than planned, a part of a day counting as one; absent if it never will be over. */
    public @Nullable Long daysLate() {
        if (!isLate()) {
            return 0L;
        }
        return endsAt == null
                ? null
                : Duration.between(planned.endsAt(), endsAt)
                        .plusDays(1)
                        .minusNanos(1)
                        .toDays();
    }

    /** What holds it up, and what holds that up in turn, back to what is late by itself or as planned. */
    public List<StageForecast> chain() {
        List<StageForecast> chain = new ArrayList<>();
        for (StageForecast next = because; next != null; next = next.because()) {
            chain.add(next);
        }
        return chain;
    }

    /** For people who look at the release: whether it comes as planned, and if not, why: both ends of the chain. */
    public String sentence() {
        if (through) {
            return "it is over";
        }
        if (!isLate()) {
            return "as planned";
        }
        Long days = daysLate();
        String late = days == null ? "never" : "late by " + days + (days == 1 ? " day" : " days");
        if (because == null) {
            return late + ": " + fault;
        }
        List<StageForecast> chain = chain();
        StageForecast cause = chain.get(chain.size() - 1);
        return late + ": its window begins at " + shown(planned.startsAt()) + ", and it needs " + because.words()
                + (cause == because ? "" : "; the cause is " + cause.words())
                + (cause.fault == null ? "" : ": " + cause.fault);
    }

    private String words() {
        return release + " " + stage + (endsAt == null ? "" : ", which ends at " + shown(endsAt));
    }
}
