package io.gatehouse.cab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VotingTimeTests {

    private static final Instant NOW = Instant.parse("2026-12-02T13:00:00Z");

    @ParameterizedTest(name = "{5}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    72 | -    | -    | PT300H | PT72H  | as many hours as the board says
                    48 | -    | -    | PT300H | PT48H  | another board says less
                    72 | -    | -    | PT50H  | PT50H  | not longer than until the change starts
                    72 | -    | -    | PT10M  | PT1H   | an hour at least
                    72 | PT168H | PT169H | PT300H | PT169H | until the next meeting is over
                    72 | PT20H | PT21H | PT300H | PT21H | also if that is sooner
                    72 | PT168H | PT169H | PT168H | PT72H | a meeting that begins with the change is too late
                    72 | PT168H | PT169H | PT100H | PT72H | a meeting after the change is too late
                    72 | PT168H | PT170H | PT169H | PT169H | the change starts while it lasts
                    72 | PT5M  | PT20M | PT300H | PT1H   | an hour at least, meeting or not
                    """)
    void saysUntilWhenABoardVotes(
            int hours,
            Duration meetingStarts,
            Duration meetingEnds,
            Duration changeStarts,
            Duration closes,
            String because) {
        Optional<MeetingSpan> meeting = Optional.ofNullable(meetingStarts)
                .map(start -> new MeetingSpan(NOW.plus(start), NOW.plus(meetingEnds)));

        assertThat(VotingTime.closesAt(Duration.ofHours(hours), meeting, NOW.plus(changeStarts), NOW))
                .as(because)
                .isEqualTo(NOW.plus(closes));
    }
}
