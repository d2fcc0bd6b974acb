package io.gatehouse.change.process;

import static io.gatehouse.testing.SignedIn.RITA;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Person;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeTask;
import io.gatehouse.change.ChangeTaskContent;
import io.gatehouse.change.ChangeTasks;
import io.gatehouse.change.TaskPhase;
import io.gatehouse.engine.EngineTest;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.TasklistPage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The owner of a task of a change takes it up in the Tasklist, and says later that it is done. */
@EngineTest
@NeedsChromium
class ChangeTaskTasklistTests {

    @LocalServerPort
    private int port;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private ChangeTasks tasks;

    @Test
    void anOwnerDoesATaskOfAChange(ChromiumBrowser browser) {
        Person rita = new Person("rita", Set.of("requester"));
        Instant start = Instant.now().plus(Duration.ofDays(7));
        String number = RITA.does(() -> tasks.add(
                        process.raise(
                                        rita,
                                        ChangeFixture.content(
                                                "nova", "production", ChangeFixture.windowIn(start, Duration.ZERO)))
                                .number(),
                        new ChangeTaskContent(
                                "Take a backup of the database",
                                "Stop the replica, copy its files to the vault, start it again.\n"
                                        + "Then restore the copy on the spare host and count the instances.",
                                TaskPhase.BEFORE,
                                "oskar",
                                "ops-lead",
                                start.minus(Duration.ofDays(1)),
                                start.minus(Duration.ofHours(20)))))
                .number();

        try (TasklistPage tasklist = signIn(browser)) {
            tasklist.onScreen(1280).claim("Do change task", number);
            tasklist.requireWholeAt(1280, "do-change-task");
            tasklist.requireWholeAt(390, "do-change-task");
            tasklist.onScreen(1280);
            assertThat(tasklist.form()).contains("Take a backup of the database", "not begun");
            assertThat(tasklist.field("What to do")).contains("Stop the replica");
            assertThat(tasklist.choose("I begin now").complete()).isEqualTo(204);
        }
        assertThat(tasks.get(number).state()).isEqualTo(ChangeTask.State.IN_PROGRESS);

        try (TasklistPage tasklist = signIn(browser)) {
            tasklist.onScreen(1280).claim("Do change task", number);
            assertThat(tasklist.form()).contains("by oskar");
            tasklist.choose("It is done").fill("Note", "Restored, 4,711 instances");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        ChangeTask done = tasks.get(number);
        assertThat(done.state()).isEqualTo(ChangeTask.State.DONE);
        assertThat(done.endedBy()).isEqualTo("oskar");
        assertThat(done.note()).isEqualTo("Restored, 4,711 instances");
    }

    private TasklistPage signIn(ChromiumBrowser browser) {
        return TasklistPage.signIn(browser, URI.create("http://127.0.0.1:" + port + "/"), "oskar");
    }
}
