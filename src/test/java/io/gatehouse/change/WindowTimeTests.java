package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTimeTests {

    /** 2030-06-03 is a Monday; Berlin is two hours ahead then. */
    @ParameterizedTest(name = "{0} to {1} in {2}: {3}")
    @CsvSource({
        "2030-06-03T08:00:00Z, 2030-06-03T10:00:00Z, UTC, WORKING_HOURS",
        "2030-06-03T06:00:00Z, 2030-06-03T08:00:00Z, UTC, NIGHT",
        "2030-06-03T06:00:00Z, 2030-06-03T08:00:00Z, Europe/Berlin, WORKING_HOURS",
        "2030-06-03T18:00:00Z, 2030-06-04T08:00:00Z, UTC, NIGHT",
        "2030-06-03T18:00:00Z, 2030-06-04T08:00:01Z, UTC, WORKING_HOURS",
        "2030-06-07T18:00:00Z, 2030-06-08T02:00:00Z, UTC, NIGHT",
        "2030-06-08T00:00:00Z, 2030-06-10T00:00:00Z, UTC, WEEKEND",
        "2030-06-08T10:00:00Z, 2030-06-08T12:00:00Z, UTC, WEEKEND",
        "2030-06-08T10:00:00Z, 2030-06-10T09:00:00Z, UTC, WORKING_HOURS",
        "2030-06-09T23:00:00Z, 2030-06-10T02:00:00Z, UTC, NIGHT",
        "2030-06-09T21:00:00Z, 2030-06-09T23:00:00Z, Europe/Berlin, NIGHT",
    })
    void isToldByTheClockOfTheOrganisation(Instant startsAt, Instant endsAt, ZoneId zone, WindowTime time) {
        assertThat(WindowTime.of(new Window(startsAt, endsAt), zone)).isEqualTo(time);
    }
}
