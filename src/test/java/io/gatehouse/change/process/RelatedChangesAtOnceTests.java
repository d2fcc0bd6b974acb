package io.gatehouse.change.process;

import static io.gatehouse.change.RelationKind.CONFLICTS_WITH;
import static io.gatehouse.change.RelationKind.DEPENDS_ON;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.api.ProblemException;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.testing.OnMySql;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two people, or two nodes, do in the same instant what only the database can put in an order. */
@ProcessTest
@OnMySql
class RelatedChangesAtOnceTests {

    private static final int ROUNDS =
            Integer.getInteger("gatehouse.rounds", Boolean.getBoolean("gatehouse.long") ? 500 : 20);

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private ApplicationContext application;

    private final ExecutorService people = Executors.newFixedThreadPool(2);
    private RelatedChangesDriver driver;

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
        driver = new RelatedChangesDriver(application);
    }

    @AfterEach
    void present() throws InterruptedException {
        clock.reset();
        people.shutdown();
        assertThat(people.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    /** Two waits that have no change in common and close a circle with two others. */
    @Test
    void oneOfTwoWhoWouldCloseACircleIsRefused() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            clock.enterUntouchedTime();
            String a = driver.draft("nova", "dev");
            String b = driver.draft("nova", "dev");
            String c = driver.draft("nova", "dev");
            String d = driver.draft("nova", "dev");
            driver.relate(b, DEPENDS_ON, c);
            driver.relate(d, DEPENDS_ON, a);

            List<Boolean> added = together(() -> relates(a, b), () -> relates(c, d));

            assertThat(added).as("round %d", round).containsExactlyInAnyOrder(true, false);
        }
    }

    private boolean relates(String number, String other) {
        try {
            driver.relate(number, DEPENDS_ON, other);
            return true;
        } catch (ProblemException refused) {
            assertThat(refused).hasMessageContaining("would wait for");
            return false;
        }
    }

    @Test
    void ofTwoThatConflictOneStartsAndTheOtherIsTold() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            clock.enterUntouchedTime();
            String one = driver.draft("nova", "staging");
            String other = driver.draft("oslo-config", "staging");
            driver.relate(one, CONFLICTS_WITH, other);

            List<ChangeState> states = together(() -> driver.submit(one), () -> driver.submit(other));

            assertThat(states)
                    .as("round %d", round)
                    .containsExactlyInAnyOrder(ChangeState.IMPLEMENT, ChangeState.SCHEDULED);
            boolean inOrder = states.get(0) == ChangeState.IMPLEMENT;
            driver.implement(inOrder ? one : other, "SUCCESSFUL");
            driver.lookAgain(inOrder ? other : one);
            driver.implement(inOrder ? other : one, "SUCCESSFUL");
        }
    }

    /** It finds the other closed, or it is told of that: it never waits for what is over. */
    @Test
    void whoeverLooksWhileTheOtherIsClosedDoesNotWaitForEver() throws Exception {
        int waited = 0;
        for (int round = 0; round < ROUNDS; round++) {
            clock.enterUntouchedTime();
            String first = driver.draft("oslo-config", "staging");
            String second = driver.draft("nova", "staging", driver.soon());
            driver.relate(second, DEPENDS_ON, first);
            driver.submit(first);
            driver.submit(second);
            clock.advance(Duration.ofMinutes(61));

            ChangeState found = together(() -> looksWhenItsWindowOpens(second), () -> {
                        driver.implement(first, "SUCCESSFUL");
                        return driver.state(first);
                    })
                    .get(0);

            if (found == ChangeState.SCHEDULED) {
                waited++;
                assertThat(driver.isTold(second)).as("round %d", round).isTrue();
                driver.lookAgain(second);
            }
            assertThat(driver.state(second)).as("round %d", round).isEqualTo(ChangeState.IMPLEMENT);
            driver.implement(second, "SUCCESSFUL");
        }
        System.out.printf("%d rounds, %d waited%n", ROUNDS, waited);
    }

    private ChangeState looksWhenItsWindowOpens(String number) {
        driver.openWindow(number);
        return driver.state(number);
    }

    private <T> List<T> together(Callable<T> one, Callable<T> other) throws Exception {
        CyclicBarrier instant = new CyclicBarrier(2);
        List<Future<T>> futures = List.of(people.submit(at(instant, one)), people.submit(at(instant, other)));
        return List.of(futures.get(0).get(1, TimeUnit.MINUTES), futures.get(1).get(1, TimeUnit.MINUTES));
    }

    private static <T> Callable<T> at(CyclicBarrier instant, Callable<T> step) {
        return () -> {
            instant.await();
            return step.call();
        };
    }
}
