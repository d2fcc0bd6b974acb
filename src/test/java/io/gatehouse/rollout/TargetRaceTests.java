package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnMySql;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two rollouts of the same service reach for it in the same instant. */
@OnMySql
@RolloutTest
class TargetRaceTests {

    private final CyclicBarrier together = new CyclicBarrier(2);
    private final ExecutorService nodes = Executors.newFixedThreadPool(2);

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private PlanRows plans;

    @Autowired
    private Rollouts rollouts;

    @Autowired
    private JdbcClient jdbc;

    @AfterEach
    void stop() {
        nodes.shutdownNow();
    }

    @RepeatedTest(20)
    void isWonByOneAndTheOtherWaits() throws Exception {
        String service = "raced-" + UUID.randomUUID();
        String first = opened(service);
        String second = opened(service);

        for (Future<Object> taken : nodes.invokeAll(List.of(takes(first), takes(second)))) {
            taken.get();
        }

        assertThat(List.of(driver.stateOf(first), driver.stateOf(second)))
                .containsExactlyInAnyOrder(RolloutState.RUNNING, RolloutState.WAITING);
        String winner = driver.stateOf(first) == RolloutState.RUNNING ? first : second;
        assertThat(jdbc.sql("select rollout_id from rollout_target where service = ?")
                        .param(service)
                        .query(Long.class)
                        .list())
                .containsExactly(RolloutNumber.idOf(winner));
        assertThat(jdbc.sql(
                                """
                        select object from audit_entry where action = 'rollout.TargetsTaken'
                        and object in (:both)""")
                        .param("both", List.of(first, second))
                        .query(String.class)
                        .list())
                .containsExactly(winner);
        Stream.of(first, second).forEach(this::end);
    }

    private String opened(String service) {
        String change = driver.changeInImplementation("rita", service);
        plans.insert(change, RolloutDriver.deploySteps(1));
        return rollouts.open(change);
    }

    private Callable<Object> takes(String number) {
        return () -> {
            together.await();
            rollouts.takeTargets(number);
            return number;
        };
    }

    /** It has no process that could. */
    private void end(String number) {
        jdbc.sql("update rollout set state = 'ABORTED', ended_at = opened_at where id = ?")
                .param(RolloutNumber.idOf(number))
                .update();
        jdbc.sql("delete from rollout_target where rollout_id = ?")
                .param(RolloutNumber.idOf(number))
                .update();
    }
}
