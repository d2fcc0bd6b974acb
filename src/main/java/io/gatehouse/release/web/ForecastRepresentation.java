package io.gatehouse.release.web;

import io.gatehouse.change.Window;
import io.gatehouse.release.StageForecast;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a release will be through a stage, as the API shows it. */
record ForecastRepresentation(
        String release,
        String stage,
        Window planned,
        @Nullable Instant endsAt,
        boolean late,
        @Nullable Long daysLate,
        String sentence,
        @Nullable List<Link> chain) {

    record Link(String release, String stage, @Nullable Instant endsAt) {}

    static ForecastRepresentation of(StageForecast forecast) {
        return of(
                forecast,
                forecast.chain().stream()
                        .map(one -> new Link(one.release(), one.stage(), one.endsAt()))
                        .toList());
    }

    /** For a list of many, of which each chain may go through most of the others. */
    static ForecastRepresentation withoutChain(StageForecast forecast) {
        return of(forecast, null);
    }

    private static ForecastRepresentation of(StageForecast forecast, @Nullable List<Link> chain) {
        return new ForecastRepresentation(
                forecast.release(),
                forecast.stage(),
                forecast.planned(),
                forecast.endsAt(),
                forecast.isLate(),
                forecast.daysLate(),
                forecast.sentence(),
                chain);
    }
}
