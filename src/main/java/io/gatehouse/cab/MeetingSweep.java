package io.gatehouse.cab;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.engine.RunningProcesses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sees to it that each board has a next meeting, each meeting its process, and that agendas are what the filters say: one
 * of all nodes each minute. Whatever it finds to do is decided again under the lock of the board or the meeting.
 *
 * <p>An agenda is built anew only if the trail is longer than when it was built: all that an agenda is built from is in rows
 * that no transaction writes without an entry, and entries become visible in their order, along with those rows.
 */
@Component
class MeetingSweep {

    private static final Logger log = LoggerFactory.getLogger(MeetingSweep.class);

    /** A little less than the pause, or a node whose clock is a moment ahead would wait for a whole pause more. */
    private static final Duration TURN = Duration.ofSeconds(54);

    /**
     * What there is to do.
     *
     * @param entry the newest entry of the trail before the agendas are read
     */
    private record ToDo(List<String> boards, SortedSet<String> withoutProcess, List<String> outdated, long entry) {

        private static final ToDo NOTHING = new ToDo(List.of(), new TreeSet<>(), List.of(), 0);
    }

    private final Meetings meetings;
    private final Agendas agendas;
    private final MeetingRows rows;
    private final RunningProcesses running;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MeetingSweep(
            Meetings meetings,
            Agendas agendas,
            MeetingRows rows,
            RunningProcesses running,
            AuditTrail audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.meetings = meetings;
        this.agendas = agendas;
        this.rows = rows;
        this.running = running;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void takeTurn() {
        doAll(Objects.requireNonNull(transaction.execute(status -> rows.takeTurn(TURN) ? look() : ToDo.NOTHING)));
    }

    /** Whoever's turn it is. */
    void sweep() {
        doAll(Objects.requireNonNull(transaction.execute(status -> look())));
    }

    private ToDo look() {
        Instant now = clock.instant();
        long entry = audit.newest();
        return new ToDo(
                rows.boardsWithoutNext(now), running.without(rows.underWay()), rows.outdated(now, entry), entry);
    }

    private void doAll(ToDo found) {
        found.boards().forEach(board -> each(board, () -> meetings.next(board)));
        found.withoutProcess().forEach(number -> each(number, () -> meetings.takeUp(number)));
        found.outdated().forEach(number -> each(number, () -> agendas.refresh(number, found.entry())));
    }

    /** One after the other: one that fails must not keep the others waiting. */
    private static void each(String name, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.warn("The meetings of {} could not be looked after; it is tried again in a minute", name, e);
        }
    }
}
