package io.gatehouse.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.api.ProblemException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLRecoverableException;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEnginePersistenceException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.transaction.TransactionSystemException;

class DatabaseTroubleTests {

    private static final SQLException BROKEN_KEY =
            new SQLIntegrityConstraintViolationException("a foreign key constraint fails", "23000");

    @Test
    void whoMeetsAnotherInTheEnginesTablesIsToldSo() {
        Throwable failure = new ProcessEnginePersistenceException(
                "An exception occurred in the persistence layer",
                new IllegalStateException(new BatchUpdateException("failed", "23000", 0, new int[0], BROKEN_KEY)));

        assertThat(DatabaseTrouble.explain(failure).map(ProblemException::problem))
                .hasValueSatisfying(problem -> {
                    assertThat(problem.status()).isEqualTo(409);
                    assertThat(problem.type().toString()).endsWith("concurrent-update");
                });
    }

    @Test
    void aConstraintOfOursThatIsBrokenIsAFault() {
        assertThat(DatabaseTrouble.explain(new IllegalStateException(BROKEN_KEY)))
                .isEmpty();
    }

    @Test
    void whoseConnectionBrokeIsToldThatItMayHaveBeenDone() {
        SQLException broken = new SQLRecoverableException("Communications link failure", "08S01");
        TransactionSystemException nothingToRollBack =
                new TransactionSystemException("JDBC rollback failed", new SQLException("Connection is closed"));
        nothingToRollBack.initApplicationException(broken);

        assertThat(Stream.of(nothingToRollBack, new RecoverableDataAccessException("broken", broken), broken))
                .allSatisfy(
                        failure -> assertThat(DatabaseTrouble.explain(failure).map(ProblemException::problem))
                                .hasValueSatisfying(problem -> {
                                    assertThat(problem.status()).isEqualTo(503);
                                    assertThat(problem.type().toString()).endsWith("outcome-unknown");
                                }));
    }
}
