package io.gatehouse.api.web;

import io.gatehouse.api.ProblemException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEnginePersistenceException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Recognises failures of the database that go away when the client tries again. */
final class DatabaseTrouble {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);

    private DatabaseTrouble() {}

    static Optional<ProblemException> explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            ProblemException explained = explainOne(cause);
            if (explained != null) {
                return Optional.of(explained);
            }
        }
        return Optional.empty();
    }

    private static @Nullable ProblemException explainOne(Throwable cause) {
        if (cause instanceof OptimisticLockingFailureException
                || cause instanceof org.camunda.bpm.engine.OptimisticLockingException
                || cause instanceof ProcessEnginePersistenceException && isOfClass("23", cause)) {
            return concurrentUpdate();
        }
        if (cause instanceof DuplicateKeyException) {
            return ProblemException.conflict(
                    "already-exists", "Already exists", "Something with this key exists already; read it first.");
        }
        if (cause instanceof TransientDataAccessException
                || cause instanceof SQLTransientException
                || isOfClass("40", cause)) {
            return busy(SOON);
        }
        if (cause instanceof TransactionSystemException
                || cause instanceof RecoverableDataAccessException
                || cause instanceof SQLRecoverableException) {
            return connectionLost();
        }
        boolean unreachable = cause instanceof CannotCreateTransactionException
                || cause instanceof DataAccessResourceFailureException;
        return unreachable ? busy(LATER) : null;
    }

    static ProblemException concurrentUpdate() {
        return ProblemException.conflict(
                        "concurrent-update",
                        "Concurrent update",
                        "Another request changed the same thing at the same moment; read it again and repeat.")
                .retryAfter(SOON);
    }

    /**
     * Whether it, or what caused it, is of a class of the SQL standard. 40: the transaction was rolled back to resolve a
     * conflict, a deadlock mostly. 23: a constraint would be broken; the engine's own are by nothing but two at once, as
     * when one ends what the other has just added to.
     */
    private static boolean isOfClass(String sqlClass, Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException sql
                        && sql.getSQLState() != null
                        && sql.getSQLState().startsWith(sqlClass));
    }

    /** It may have been the answer to the commit that was lost. */
    private static ProblemException connectionLost() {
        return ProblemException.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "outcome-unknown",
                        "Outcome unknown",
                        "The connection to the database broke, so the request may have been done or not; send it again"
                                + " with the same Idempotency-Key, or read first what is there.")
                .retryAfter(LATER);
    }

    private static ProblemException busy(Duration pause) {
        return ProblemException.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "busy",
                        "Busy",
                        "The database could not take the request now and nothing was stored; send it again.")
                .retryAfter(pause);
    }
}
