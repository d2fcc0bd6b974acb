package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Person;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The database gives the numbers, so it does not matter of which node the callers are. */
@ProcessTest
@OnH2
class ChangeNumbersTests {

    private static final Person RITA = new Person("rita", Set.of("requester"));

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private TestClock clock;

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
    }

    private String raise() {
        return SignedIn.RITA.does(() ->
                process.raise(RITA, ChangeFixture.content(clock.instant())).number());
    }

    @Test
    void areGivenOnceHoweverManyAskAtTheSameTime() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            Callable<String> raise = this::raise;
            List<String> numbers = new ArrayList<>();
            for (Future<String> number : callers.invokeAll(Collections.nCopies(80, raise))) {
                numbers.add(number.get());
            }
            assertThat(numbers).hasSize(80).doesNotHaveDuplicates().allMatch(number -> number.matches("CHG-[0-9]{6}"));
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void areNotGivenAgainWhenWhoGotThemGaveUp() {
        List<String> given = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            given.add(raise());
            status.setRollbackOnly();
        });

        assertThat(raise()).isNotIn(given);
    }
}
