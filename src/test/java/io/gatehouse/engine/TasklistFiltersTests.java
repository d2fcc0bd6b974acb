package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.filter.Filter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;

/** Everybody finds each list of tasks once, however many nodes have added them. */
@OnH2
@ProcessTest
class TasklistFiltersTests {

    @Autowired
    TasklistFilters offered;

    @Autowired
    FilterService filters;

    @AfterEach
    void areThere() {
        offered.run(new DefaultApplicationArguments());
    }

    @RepeatedTest(5)
    void nodesThatStartAtOnceOnAnOldDatabaseAddEachOnce() throws Exception {
        filters.createFilterQuery().list().forEach(filter -> filters.deleteFilter(filter.getId()));
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<Boolean> node = () -> {
            start.await();
            offered.run(new DefaultApplicationArguments());
            return true;
        };
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            for (Future<Boolean> started : nodes.invokeAll(List.of(node, node))) {
                assertThat(started.get()).isTrue();
            }
        } finally {
            nodes.shutdown();
        }

        assertThat(names()).containsExactlyInAnyOrder("Parked", "Waiting for me");
    }

    @Test
    void aSecondOneThatAnEarlierReleaseLeftIsTakenAway() {
        filters.saveFilter(filters.newTaskFilter("Parked"));

        offered.run(new DefaultApplicationArguments());

        assertThat(names()).containsExactlyInAnyOrder("Parked", "Waiting for me");
    }

    private List<String> names() {
        return filters.createFilterQuery().list().stream().map(Filter::getName).toList();
    }
}
