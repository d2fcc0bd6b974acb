package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchesOfOneTests {

    private Connection connection;
    private PreparedStatement insert;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:batches-of-one");
        connection.createStatement().execute("create table thing (id integer primary key, name varchar(10))");
        insert = BatchesOfOne.insert(connection.prepareStatement("insert into thing (id, name) values (?, ?)"));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void writeTheirRow() throws SQLException {
        add(1, "one");

        assertThat(insert.executeBatch()).containsExactly(1);
        assertThat(things()).containsExactly("1 one");
    }

    @Test
    void areNoneIfThereAreSeveralRows() throws SQLException {
        add(1, "one");
        add(2, null);
        add(3, "three");

        assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
        assertThat(things()).containsExactly("1 one", "2 null", "3 three");
    }

    @Test
    void areIndependentOfTheBatchBefore() throws SQLException {
        add(1, "one");
        add(2, "two");
        insert.executeBatch();
        add(3, "three");
        insert.executeBatch();
        add(4, "four");
        add(5, "five");

        assertThat(insert.executeBatch()).containsExactly(1, 1);
        assertThat(things()).containsExactly("1 one", "2 two", "3 three", "4 four", "5 five");
    }

    @Test
    void areNoneWithoutARow() throws SQLException {
        assertThat(insert.executeBatch()).isEmpty();
        assertThat(things()).isEmpty();
    }

    @Test
    void failAsBatchesDo() throws SQLException {
        add(1, "one");
        insert.executeBatch();
        add(1, "again");

        assertThatThrownBy(insert::executeBatch)
                .isInstanceOf(BatchUpdateException.class)
                .hasMessageContaining("primary key")
                .satisfies(refused ->
                        assertThat(((SQLException) refused).getSQLState()).isEqualTo("23505"));
        assertThat(things()).containsExactly("1 one");
    }

    @Test
    void goOnlyOnceWhateverIsAskedMeanwhile() throws SQLException {
        add(1, "one");
        insert.setQueryTimeout(5);
        assertThat(insert.getConnection()).isSameAs(connection);

        assertThat(insert.executeBatch()).containsExactly(1);
        assertThat(insert.executeBatch()).isEmpty();
        assertThat(things()).containsExactly("1 one");
    }

    private void add(int id, String name) throws SQLException {
        insert.setInt(1, id);
        insert.setString(2, name);
        insert.addBatch();
    }

    private List<String> things() throws SQLException {
        List<String> found = new ArrayList<>();
        try (ResultSet rows = connection.createStatement().executeQuery("select id, name from thing order by id")) {
            while (rows.next()) {
                found.add(rows.getInt(1) + " " + rows.getString(2));
            }
        }
        return found;
    }
}
