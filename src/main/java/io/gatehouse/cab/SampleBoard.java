package io.gatehouse.cab;

import io.gatehouse.cab.BoardFilter.Kind;
import java.util.Set;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The change advisory board of the sample organisation, which meets each Wednesday. */
@Component
@Profile("sample")
@Order(25)
class SampleBoard implements ApplicationRunner {

    static final String KEY = "cab";

    private final Boards boards;

    SampleBoard(Boards boards) {
        this.boards = boards;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        if (boards.find(KEY).isEmpty()) {
            boards.save(new Board(
                    KEY,
                    0,
                    "Change advisory board",
                    true,
                    3,
                    new BoardSchedule("FREQ=WEEKLY;BYDAY=WE", "2026-01-07T14:00", "Europe/Berlin", 60, 24),
                    10,
                    72,
                    Set.of(
                            new BoardMember("chair", "chris", true, false, true),
                            new BoardMember("business", "carla", false, false, false),
                            new BoardMember("change-management", "mona", false, false, false),
                            new BoardMember("operations", "oskar", false, false, false),
                            new BoardMember("security", "sasha", false, true, false)),
                    Set.of(
                            new BoardDelegate("operations", 1, "rolf", null, null),
                            new BoardDelegate("business", 2, "petra", null, null)),
                    Set.of(),
                    Set.of(
                            new BoardFilter(Kind.STATE, "ASSESS"),
                            new BoardFilter(Kind.STATE, "AUTHORIZE"),
                            new BoardFilter(Kind.STATE, "SCHEDULED"),
                            new BoardFilter(Kind.PRODUCTION, "true"))));
        }
    }
}
