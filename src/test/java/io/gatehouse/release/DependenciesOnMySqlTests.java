package io.gatehouse.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnMySql;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@OnMySql
class DependenciesOnMySqlTests extends DependenciesTests {

    @Autowired
    private TransactionTemplate transactions;

    /** As many rows with a history of four thousand as with one of a thousand. */
    @Test
    void readNoRowsOfWhatIsOver() {
        many("9003", "PLANNED", 100);
        many("9004", "CLOSED", 1000);
        analyze();
        long before = rowsReadByTheGraph();
        many("9005", "CLOSED", 3000);
        analyze();

        assertThat(rowsReadByTheGraph()).isLessThan(before + 10);
    }

    private void analyze() {
        jdbc.queryForList("analyze table software_release, release_dependency");
    }

    private long rowsReadByTheGraph() {
        return transactions.execute(transaction -> {
            long before = rowsRead();
            rows.graph();
            return rowsRead() - before;
        });
    }

    private long rowsRead() {
        return jdbc
                .queryForList("show session status where variable_name in ('Handler_read_first', 'Handler_read_key',"
                        + " 'Handler_read_next', 'Handler_read_rnd', 'Handler_read_rnd_next')")
                .stream()
                .mapToLong(row -> Long.parseLong(String.valueOf(row.get("Value"))))
                .sum();
    }
}
