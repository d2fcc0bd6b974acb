package io.gatehouse.cab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.api.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTests {

    @ParameterizedTest(name = "{0} from {1} in {2} after {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    FREQ=WEEKLY;BYDAY=WE | 2026-03-04T14:00 | Europe/Berlin | 2026-03-24T00:00:00Z | 2026-03-25T13:00:00Z 2026-04-01T12:00:00Z
                    FREQ=WEEKLY;BYDAY=WE | 2026-10-07T14:00 | Europe/Berlin | 2026-10-20T00:00:00Z | 2026-10-21T12:00:00Z 2026-10-28T13:00:00Z
                    FREQ=WEEKLY;BYDAY=TH | 2026-03-05T09:30 | America/New_York | 2026-03-05T14:30:00Z | 2026-03-12T13:30:00Z 2026-03-19T13:30:00Z
                    FREQ=WEEKLY;BYDAY=MO | 2026-03-30T10:00 | Australia/Lord_Howe | 2026-03-29T23:00:00Z | 2026-04-05T23:30:00Z 2026-04-12T23:30:00Z
                    FREQ=WEEKLY;BYDAY=FR | 2026-01-02T10:00 | Asia/Kolkata | 2026-03-26T00:00:00Z | 2026-03-27T04:30:00Z 2026-04-03T04:30:00Z
                    FREQ=WEEKLY;INTERVAL=2;BYDAY=TU | 2026-12-01T10:00 | UTC | 2026-12-01T10:00:00Z | 2026-12-15T10:00:00Z 2026-12-29T10:00:00Z
                    FREQ=WEEKLY;BYDAY=TU,TH | 2026-12-01T10:00 | UTC | 2026-12-01T09:59:59Z | 2026-12-01T10:00:00Z 2026-12-03T10:00:00Z
                    FREQ=MONTHLY;BYDAY=2WE | 2026-01-14T14:00 | Europe/Berlin | 2026-03-01T00:00:00Z | 2026-03-11T13:00:00Z 2026-04-08T12:00:00Z
                    FREQ=MONTHLY;BYDAY=-1FR | 2026-01-30T14:00 | Europe/Berlin | 2026-02-01T00:00:00Z | 2026-02-27T13:00:00Z 2026-03-27T13:00:00Z
                    FREQ=MONTHLY;BYMONTHDAY=31 | 2026-01-31T14:00 | UTC | 2026-02-01T00:00:00Z | 2026-03-31T14:00:00Z 2026-05-31T14:00:00Z
                    FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29 | 2024-02-29T08:00 | UTC | 2024-03-01T00:00:00Z | 2028-02-29T08:00:00Z 2032-02-29T08:00:00Z
                    FREQ=DAILY | 2026-03-28T02:30 | Europe/Berlin | 2026-03-28T01:30:00Z | 2026-03-29T01:30:00Z 2026-03-30T00:30:00Z
                    FREQ=DAILY | 2026-10-24T02:30 | Europe/Berlin | 2026-10-24T00:30:00Z | 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z
                    FREQ=WEEKLY;BYDAY=WE | 2999-01-02T14:00 | UTC | 2026-01-01T00:00:00Z | 2999-01-02T14:00:00Z 2999-01-09T14:00:00Z
                    """)
    void recursByTheClocksOfThePlace(String rule, String first, String zone, Instant after, String expected) {
        Recurrence recurrence = Recurrence.of(rule, first, zone);
        List<String> found = new ArrayList<>();
        Instant last = after;
        for (int i = 0; i < 2; i++) {
            last = recurrence.next(last).orElseThrow();
            found.add(last.toString());
        }

        assertThat(String.join(" ", found)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "WEEKLY",
                "FREQ=HOURLY",
                "FREQ=WEEKLY;COUNT=3",
                "FREQ=WEEKLY;UNTIL=20270101",
                "FREQ=DAILY;BYHOUR=9,15",
                "FREQ=WEEKLY;BYDAY=XX",
                "RRULE:FREQ=WEEKLY"
            })
    void refusesRulesThatEndOrSayTheTimeOfDay(String rule) {
        assertThatThrownBy(() -> Recurrence.of(rule, "2026-12-02T14:00", "UTC")).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @CsvSource({"2026-12-02, UTC", "2026-02-30T10:00, UTC", "2026-12-02T14:00:00Z, UTC", "2026-12-02T14:00, Berlin"})
    void refusesWhatIsNoTimeOfAPlace(String first, String zone) {
        assertThatThrownBy(() -> Recurrence.of("FREQ=DAILY", first, zone)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"})
    void knowsARuleThatNeverComesTrue(String rule) {
        assertThat(Recurrence.of(rule, "2026-12-02T14:00", "UTC").next(Instant.EPOCH))
                .isEmpty();
    }
}
