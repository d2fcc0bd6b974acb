package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@ProcessTest
@OnH2
class PooledConnectionsTests {

    private final String person = "pooled-" + UUID.randomUUID();

    @Autowired
    private DataSource database;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @AfterEach
    void nobodyIsLeftBehind() {
        jdbc.update("delete from access_person where person = ?", person);
    }

    @Test
    void commitEachStatementOutsideATransaction() {
        add();

        assertThat(othersSee()).isTrue();
    }

    @Test
    void commitNothingInATransactionBeforeItsEnd() {
        transaction.executeWithoutResult(status -> {
            add();
            assertThat(othersSee()).isFalse();
        });

        assertThat(othersSee()).isTrue();
    }

    @Test
    void takeBackWhatATransactionDidThatFailed() {
        transaction.executeWithoutResult(status -> {
            add();
            status.setRollbackOnly();
        });

        assertThat(othersSee()).isFalse();
    }

    /** This thread gets the same connection again. */
    @Test
    void areAfterUseOutsideATransactionAsTheyWere() {
        assertThat(othersSee()).isFalse();
        transaction.executeWithoutResult(status -> {
            add();
            status.setRollbackOnly();
        });
        assertThat(othersSee()).isFalse();

        add();

        assertThat(othersSee()).isTrue();
    }

    private void add() {
        jdbc.update("insert into access_person (person, version, disabled) values (?, 1, false)", person);
    }

    private boolean othersSee() {
        try (Connection other = database.getConnection();
                PreparedStatement query = other.prepareStatement("select 1 from access_person where person = ?")) {
            query.setString(1, person);
            try (ResultSet found = query.executeQuery()) {
                return found.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
