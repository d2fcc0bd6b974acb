package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cab.PlannedMeeting;
import io.gatehouse.testing.OnMySql;
import io.gatehouse.testing.SentStatements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.AcquireJobsCmd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.IntervalTask;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.scheduling.config.Task;

/**
 * What a node sends to MySQL in a minute in which nothing is under way, by who asks: everything that is scheduled, the
 * dispatcher and the engine's executor. The table is that of docs/performance.md; whatever is scheduled in future must have
 * a place there and leave the sum below the limit. The comparison with the trail is not in it: of all nodes one makes it.
 */
@OnMySql
@RolloutTest
class IdleMinuteTests {

    private static final double LIMIT = 60;
    /** Each five minutes, but not where tests write to the tables past the product. */
    private static final String SELDOM_IN_TESTS = "ReconciliationRound";

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** What other tests left under way, set aside as long as a test of this class takes. */
    private enum Left {
        CHANGES("change_request", "state"),
        ROLLOUTS("rollout", "state"),
        BREAK_GLASSES("break_glass", "state"),
        CALLBACKS("callback_inbox", "state"),
        TEMPLATES("template_version", "state"),
        RELEASES("software_release", "state");

        private final String table;
        private final String column;

        Left(String table, String column) {
            this.table = table;
            this.column = column;
        }

        String aside() {
            return "update %s set %2$s = concat('~', %2$s)".formatted(table, column);
        }

        String back() {
            return "update %s set %2$s = substring(%2$s, 2) where %2$s like '~%%'".formatted(table, column);
        }
    }

    /** What of all nodes one does: as if this were that one, each time. */
    private static final String TURN = "update cab_sweep set due_at = localtimestamp(6)";

    /** One who asks by itself, how often and with how many statements each time, commits included. */
    private record Asker(String name, Duration every, int statements) {

        double perMinute() {
            return statements * (double) MINUTE.toMillis() / every.toMillis();
        }

        String row() {
            return String.format(
                    Locale.ROOT, "| `%s` | %d s | %d | %.1f |", name, every.toSeconds(), statements, perMinute());
        }
    }

    @Autowired
    private List<ScheduledTaskHolder> schedules;

    @Autowired
    private DueWork work;

    @Autowired
    private RolloutProperties properties;

    @Autowired
    private ProcessEngine engine;

    @Value("${camunda.bpm.job-execution.max-wait}")
    private Duration engineWaits;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ApplicationContext context;

    @BeforeEach
    void nothingIsUnderWay() {
        Stream.of(Left.values()).forEach(left -> jdbc.sql(left.aside()).update());
        jdbc.sql("update audit_reconciliation set due_at = timestampadd(hour, 1, localtimestamp(6))")
                .update(); // it would tell what is set aside
        jdbc.sql("update ACT_RU_JOB set SUSPENSION_STATE_ = SUSPENSION_STATE_ + 10")
                .update();
        jdbc.sql("update ACT_RU_TASK set SUSPENSION_STATE_ = SUSPENSION_STATE_ + 10")
                .update();
    }

    @AfterEach
    void back() {
        Stream.of(Left.values()).forEach(left -> jdbc.sql(left.back()).update());
        jdbc.sql("update audit_reconciliation set due_at = localtimestamp(6)").update();
        jdbc.sql("update ACT_RU_JOB set SUSPENSION_STATE_ = SUSPENSION_STATE_ - 10 where SUSPENSION_STATE_ > 10")
                .update();
        jdbc.sql("update ACT_RU_TASK set SUSPENSION_STATE_ = SUSPENSION_STATE_ - 10 where SUSPENSION_STATE_ > 10")
                .update();
    }

    @Test
    void isAsTheDocumentationSaysAndBelowTheLimitWhileAMeetingIsPlanned() {
        PlannedMeeting meeting = new PlannedMeeting(context);
        try {
            buildAgendas();
            assertThat(meeting.changes()).hasSize(1);

            List<Asker> askers = askers();

            assertIsBelowTheLimit(askers);
            assertThat(documentation()).contains(table(askers));
        } finally {
            meeting.end();
        }
    }

    @Test
    void isBelowTheLimitWithoutAMeeting() {
        buildAgendas();

        assertIsBelowTheLimit(askers());
    }

    @Test
    void asksAboutMeetingsOnceIfAnotherNodeHasTheTurn() {
        jdbc.sql(TURN).update();
        Runnable sweep = meetingSweep();
        sweep.run();

        assertThat(SentStatements.of(sweep)).hasSize(2);
    }

    /** What that writes is an entry of the trail, after which they are built once more. */
    private void buildAgendas() {
        for (int i = 0; i < 3; i++) {
            jdbc.sql(TURN).update();
            meetingSweep().run();
        }
    }

    private Runnable meetingSweep() {
        return tasks().filter(task -> task.toString().contains("MeetingSweep"))
                .findFirst()
                .orElseThrow()
                .getRunnable();
    }

    private static void assertIsBelowTheLimit(List<Asker> askers) {
        assertThat(askers.stream().mapToDouble(Asker::perMinute).sum())
                .as(table(askers))
                .isLessThanOrEqualTo(LIMIT);
    }

    private static String table(List<Asker> askers) {
        return askers.stream().map(Asker::row).reduce("", (rows, row) -> rows + row + "\n");
    }

    private Stream<Task> tasks() {
        return schedules.stream()
                .flatMap(holder -> holder.getScheduledTasks().stream())
                .map(ScheduledTask::getTask);
    }

    private List<Asker> askers() {
        List<Asker> askers = new ArrayList<>();
        tasks().forEach(task -> askers.add(
                asker(task.toString().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1"), every(task), task.getRunnable())));
        askers.add(asker("DispatcherLoop", properties.idlePoll(), () -> work.in(properties.idlePoll())));
        askers.add(asker("executor of the engine", engineWaits, this::acquireJobs));
        return askers.stream()
                .filter(asker -> asker.statements() > 0)
                .sorted(Comparator.comparing(Asker::perMinute).reversed().thenComparing(Asker::name))
                .toList();
    }

    /** At fixed times of the day or the hour: counted as if that were each minute. */
    private static Duration every(Task task) {
        if (task.toString().contains(SELDOM_IN_TESTS)) {
            return Duration.ofMinutes(5);
        }
        return task instanceof IntervalTask interval ? interval.getIntervalDuration() : MINUTE;
    }

    /** The second time, because some things are asked once in a lifetime. Whatever else the driver sends counts as well. */
    private Asker asker(String name, Duration every, Runnable asks) {
        jdbc.sql(TURN).update();
        asks.run();
        jdbc.sql(TURN).update();
        return new Asker(name, every, SentStatements.of(asks).size());
    }

    private void acquireJobs() {
        ProcessEngineConfigurationImpl configuration =
                (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        configuration.getCommandExecutorTxRequired().execute(new AcquireJobsCmd(configuration.getJobExecutor()));
    }

    private static String documentation() {
        try {
            return Files.readString(Path.of("docs/performance.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
