package io.gatehouse.cab;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.access.PersonStates;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.cab.Meeting.State;
import io.gatehouse.engine.RunningProcesses;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The meetings of boards, from when they are planned until their minutes are written. Every step locks the row, and is
 * decided by it and by nothing the engine says. What is on the agenda is in {@link Agendas}.
 */
@Service
@Transactional
public class Meetings {

    private static final String CANCEL = "POST /api/v1/meetings/{number}/cancellation";

    /** More canceled meetings in a row than any board has. */
    private static final int TRIES = 100;

    private final MeetingRows rows;
    private final Boards boards;
    private final MeetingProcess process;
    private final RunningProcesses processes;
    private final PersonStates states;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;
    private final Clock clock;

    Meetings(
            MeetingRows rows,
            Boards boards,
            MeetingProcess process,
            RunningProcesses processes,
            PersonStates states,
            Permissions permissions,
            CurrentPerson currentPerson,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.boards = boards;
        this.process = process;
        this.processes = processes;
        this.states = states;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The next meeting of a board, planned now if it was not: under the lock of the board, so that two nodes plan one.
     * Empty if the board does not meet.
     */
    public Optional<String> next(String key) {
        return nextAfter(key, now());
    }

    @EventListener
    void planFor(BoardSaved saved) {
        next(saved.key());
    }

    /** Likewise the first after a moment that is not over. */
    Optional<String> nextAfter(String key, Instant moment) {
        Board board = boards.lock(key);
        Instant after = moment.isAfter(now()) ? moment : now();
        Optional<String> planned = rows.nextPlanned(key, after);
        return planned.isPresent() ? planned : plan(board, after);
    }

    private Optional<String> plan(Board board, Instant after) {
        BoardSchedule schedule = board.schedule();
        if (schedule == null || !board.active()) {
            return Optional.empty();
        }
        Recurrence recurrence = Recurrence.of(schedule);
        Optional<Instant> start = recurrence.next(after);
        for (int tries = 0; tries < TRIES && start.isPresent() && rows.isTaken(board.key(), start.get()); tries++) {
            start = recurrence.next(start.get());
        }
        return start.map(at -> {
            String number = rows.insert(board.key(), at, at.plus(schedule.duration()));
            record("cab.MeetingPlanned", number, Map.of("startsAt", at.toString()));
            process.start(number);
            return number;
        });
    }

    /** @throws ProblemException 404 when there is none */
    @Transactional(readOnly = true)
    public Meeting find(String number) {
        return rows.find(MeetingNumber.idOf(number)).orElseThrow(() -> MeetingNumber.unknown(number));
    }

    /** The meetings of a board, the one planned last first. */
    @Transactional(readOnly = true)
    public Page<Meeting> list(String board, PageQuery page) {
        return page.page(
                rows.ofBoard(boards.get(board).key(), page.afterNumber().orElse(Long.MAX_VALUE), page.fetchSize()),
                meeting -> MeetingNumber.idOf(meeting.number()));
    }

    /** Says that it does not take place; the one after it is planned at once. */
    public Meeting cancel(String number, String because) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(CANCEL, person);
        boards.lock(find(number).board());
        Meeting meeting = lock(number);
        meeting.requireState(State.PLANNED);
        rows.canceled(meeting, Objects.requireNonNull(person).id(), because);
        record("cab.MeetingCanceled", number, Map.of());
        process.canceled(number);
        next(meeting.board());
        return find(number);
    }

    /**
     * Gives one whose process somebody has deleted another, so that it can be opened or closed. Looks again under the lock,
     * under which a process ends along with its meeting.
     */
    void takeUp(String number) {
        Meeting meeting = lock(number);
        if (processes.exists(number)) {
            return;
        }
        switch (meeting.state()) {
            case PLANNED -> process.start(number);
            case OPEN -> process.startToClose(number);
            case CLOSED, CANCELED -> {
                return;
            }
        }
        record("cab.ProcessLost", number, Map.of());
    }

    /**
     * Refuses whoever does not chair the board now. Whoever is asked because the chair is late may, for a meeting is better
     * held by somebody else than not at all.
     *
     * @param asked whether they are one of those who are asked in the first place
     */
    public void requireChair(String number, Person person, boolean asked) {
        Board board = boards.lock(find(number).board());
        lock(number);
        Optional<String> chair =
                board.chairAt(now(), states.disabledAmong(board.people())).map(Voter::person);
        if (asked && chair.filter(person.id()::equals).isEmpty()) {
            throw ProblemException.forbidden(
                    "not-the-chair",
                    "Not the chair",
                    chair.map(id -> id + " chairs the board " + board.key() + " at the moment.")
                            .orElse("Nobody chairs the board " + board.key()
                                    + " at the moment; name a delegate of that seat."));
        }
    }

    Meeting lock(String number) {
        return rows.lock(MeetingNumber.idOf(number)).orElseThrow(() -> MeetingNumber.unknown(number));
    }

    /** Writes down what was done to a meeting, after it was written to its rows. */
    void record(String action, String number, Map<String, ?> more) {
        Meeting meeting = lock(number);
        Map<String, Object> facts = new TreeMap<>(more);
        facts.put("board", meeting.board());
        facts.put("state", meeting.state().name());
        audit.recordState(action, number, facts, meeting.fingerprint());
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
