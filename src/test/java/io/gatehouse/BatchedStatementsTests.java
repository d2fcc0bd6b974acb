package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnMySql;
import io.gatehouse.testing.ProcessTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What the engine asks of a driver that sends many rows at once: it finds a row that somebody else has changed by the
 * count of that one update or delete, and takes "done" for inserts only.
 */
@ProcessTest
@OnMySql
class BatchedStatementsTests {

    @Autowired
    private DataSource database;

    @Test
    void tellOfEachUpdateAndDeleteWhetherItFoundItsRow() throws SQLException {
        try (Connection connection = database.getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create temporary table batched (id int primary key, revision int not null)");
            }
            assertThat(batch(connection, "insert into batched (id, revision) values (?, ?)", List.of(1, 2, 3, 4, 5), 1))
                    .containsOnly(Statement.SUCCESS_NO_INFO);

            assertThat(batch(
                            connection,
                            "update batched set revision = 2 where id = ? and revision = ?",
                            List.of(1, 2, 9, 4, 5),
                            1))
                    .containsExactly(1, 1, 0, 1, 1);
            assertThat(batch(
                            connection, "delete from batched where id = ? and revision = ?", List.of(1, 2, 3, 4, 5), 2))
                    .containsExactly(1, 1, 0, 1, 1);
        }
    }

    private static int[] batch(Connection connection, String sql, List<Integer> ids, int revision) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int id : ids) {
                statement.setInt(1, id);
                statement.setInt(2, revision);
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }
}
