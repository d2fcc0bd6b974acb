package io.gatehouse.release.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/** Schedules as tests need them. */
public final class TrainFixture {

    /** A train of four weeks, in which one is left out. */
    public static final String SHORT =
            """
            start-week: 2026-01-05
            release-week: '2026-02-02'
            cycle:
              - {start: '2026-01-05', end: '2026-01-09', name: R-4, x-project: [x-1, x-vote]}
              - {start: '2026-01-12', end: '2026-01-16', name: R-3, x-project: [x-vote], project-specific: [x-nova-ff]}
              - {start: '2026-01-26', end: '2026-01-30', name: R-1, x-project: [x-vote]}
              - {start: '2026-02-02', end: '2026-02-06', name: R+0, x-project: [x-final]}
            """;

    private TrainFixture() {}

    /** The published schedule of OpenStack 2026.1. */
    public static String gazpacho() {
        try (InputStream file = TrainFixture.class.getResourceAsStream("/sample/gazpacho-schedule.yaml")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a schedule file says where the catalog knows these services. */
    static Schedule scheduleOf(String file, Set<String> services) {
        return new Timetable(ScheduleFile.read(file)).schedule(services);
    }
}
