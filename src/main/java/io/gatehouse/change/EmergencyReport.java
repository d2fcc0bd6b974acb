package io.gatehouse.change;

import io.gatehouse.api.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a board is told of the emergency changes since its last meeting: each that was begun is a line, once. */
@Service
@Transactional
public class EmergencyReport {

    private final Changes changes;
    private final Emergencies emergencies;
    private final EmergencyRows rows;

    EmergencyReport(Changes changes, Emergencies emergencies, EmergencyRows rows) {
        this.changes = changes;
        this.emergencies = emergencies;
        this.rows = rows;
    }

    /**
     * A line about an emergency change.
     *
     * @param begunUnapproved whether it was begun before it was approved
     * @param unauthorisedBecause why it never was, if so
     * @param closeCode how it ended, as far as that is known
     */
    public record Line(
            String number,
            String title,
            List<String> services,
            String environment,
            Instant windowStartsAt,
            ChangeState state,
            boolean begunUnapproved,
            Emergency.@Nullable Unauthorised unauthorisedBecause,
            @Nullable CloseCode closeCode) {}

    /** Those that were begun and that no board was told of yet, oldest first. */
    @Transactional(readOnly = true)
    public List<Line> unreported() {
        return rows.unreported().stream().map(ChangeNumber::of).map(this::line).toList();
    }

    private Line line(String number) {
        Change change = changes.find(number);
        Emergency emergency = Objects.requireNonNull(change.emergency());
        return new Line(
                number,
                change.title(),
                List.copyOf(change.services()),
                change.environment(),
                change.window().startsAt(),
                change.state(),
                emergency.approveBy() != null,
                emergency.unauthorisedBecause(),
                change.closeCode());
    }

    /**
     * Notes that a board was told of it; whichever was first stays.
     *
     * @param board its meeting, as {@code MTG-000001}
     * @throws ProblemException conflict if it is no emergency change that was begun
     */
    public void reported(String number, String board) {
        Change change = changes.lock(number);
        Emergency emergency = emergencies.find(change).orElse(null);
        if (emergency == null || change.state().isBeforeImplement() || change.state() == ChangeState.CANCELED) {
            throw ProblemException.conflict(
                    "change-state",
                    "Not possible in this state",
                    number + " is no emergency change that was begun, so there is nothing to report.");
        }
        if (emergency.reportedAt() == null) {
            emergencies.reported(change, board);
        }
    }
}
