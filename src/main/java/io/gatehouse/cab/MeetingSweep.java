package io.gatehouse.cab;

import io.gatehouse.engine.RunningProcesses;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sees to it that each board has a next meeting, each meeting its process, and that agendas are what the filters say. Every node does; they meet at
 * the lock of a board or a meeting, and whoever comes second finds nothing to do.
 */
@Component
class MeetingSweep {

    private static final Logger log = LoggerFactory.getLogger(MeetingSweep.class);

    private final Boards boards;
    private final Meetings meetings;
    private final Agendas agendas;
    private final MeetingRows rows;
    private final RunningProcesses running;
    private final Clock clock;

    MeetingSweep(
            Boards boards,
            Meetings meetings,
            Agendas agendas,
            MeetingRows rows,
            RunningProcesses running,
            Clock clock) {
        this.boards = boards;
        this.meetings = meetings;
        this.agendas = agendas;
        this.rows = rows;
        this.running = running;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void sweep() {
        boards.active().stream()
                .filter(board -> board.schedule() != null)
                .forEach(board -> each(board.key(), () -> meetings.next(board.key())));
        running.without(rows.underWay()).forEach(number -> each(number, () -> meetings.takeUp(number)));
        rows.planned(clock.instant()).forEach(number -> each(number, () -> agendas.refresh(number)));
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
