package io.gatehouse.cab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeetingTimeTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-07T13:00:00.123456Z | Europe/Berlin    | Wednesday 7 January 2026, 14:00 Europe/Berlin",
                "2026-07-08T12:00:59Z        | Europe/Berlin    | Wednesday 8 July 2026, 14:00 Europe/Berlin",
                "2026-01-07T23:30:00Z        | Europe/Berlin    | Thursday 8 January 2026, 00:30 Europe/Berlin",
                "2026-01-07T03:05:00Z        | America/New_York | Tuesday 6 January 2026, 22:05 America/New_York",
                "2026-01-07T13:00:00Z        | UTC              | Wednesday 7 January 2026, 13:00 UTC"
            })
    void saysAMomentByTheClocksOfTheBoard(Instant moment, ZoneId zone, String said) {
        assertThat(MeetingTime.of(moment, zone)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-07T13:00:00Z | 2026-01-07T14:00:00Z | Wednesday 7 January 2026, 14:00 to 15:00 Europe/Berlin",
                // The same day of London is another one of Berlin.
                "2026-01-07T22:30:00Z | 2026-01-07T23:30:00Z | Wednesday 7 January 2026, 23:30 to Thursday 8 January 2026, 00:30 Europe/Berlin"
            })
    void saysTheDayOnceIfItIsTheSame(Instant from, Instant until, String said) {
        assertThat(MeetingTime.between(from, until, ZoneId.of("Europe/Berlin"))).isEqualTo(said);
    }
}
