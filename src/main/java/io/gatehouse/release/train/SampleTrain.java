package io.gatehouse.release.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The trains of the sample organisation: the 2026.1 series of OpenStack with its published days, and the organisation's
 * own, which takes that series into production. The published days have passed, and no release goes with a train that is
 * over; they are facts, so they are not moved. The organisation's own train has the same milestones as many weeks later
 * as it takes for today to be in the week before the cut-off for libraries.
 */
@Component
@Profile("sample")
@Order(25)
public class SampleTrain implements ApplicationRunner {

    public static final String KEY = "gazpacho-upgrade";

    private static final String PUBLISHED = "gazpacho";
    private static final Cadence HALF_A_YEAR = Cadence.ofWeeks(26);
    private static final String CUT_OFF = "final-lib";

    private final Trains trains;
    private final Clock clock;

    SampleTrain(Trains trains, Clock clock) {
        this.trains = trains;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        if (trains.find(PUBLISHED).isEmpty()) {
            trains.add(
                    PUBLISHED,
                    new TrainContent("OpenStack 2026.1 Gazpacho", "openstack", HALF_A_YEAR, trains.read(schedule())));
        }
        if (trains.find(KEY).isEmpty()) {
            trains.add(
                    KEY,
                    new TrainContent(
                            "Upgrade to OpenStack 2026.1 Gazpacho",
                            "openstack-upgrade",
                            HALF_A_YEAR,
                            underWay(trains.read(schedule()))));
        }
    }

    /** Without the events: OpenStack's meetings and elections are none of the organisation's. */
    private Schedule underWay(Schedule published) {
        LocalDate cutOff = published.milestones().stream()
                .filter(milestone -> milestone.name().equals(CUT_OFF))
                .map(Milestone::startsOn)
                .findFirst()
                .orElseThrow();
        LocalDate nextWeek =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusWeeks(1);
        long weeks = Math.floorDiv(ChronoUnit.DAYS.between(cutOff, nextWeek), 7L);
        List<Milestone> ours = published.milestones().stream()
                .filter(milestone -> milestone.kind() != MilestoneKind.EVENT)
                .toList();
        return new Schedule(published.startsOn(), published.releasesOn(), ours).later(7 * weeks);
    }

    private static String schedule() {
        try (InputStream file = new ClassPathResource("sample/gazpacho-schedule.yaml").getInputStream()) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
