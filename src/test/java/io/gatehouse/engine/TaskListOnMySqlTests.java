package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.api.PageQuery;
import io.gatehouse.testing.OnMySql;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** What a list of one's tasks costs while thousands wait for others; taken back at the end of each test. */
@ProcessTest
@OnMySql
@Transactional
class TaskListOnMySqlTests {

    private static final int WAITING = 3000;
    private static final SignedIn CHAIR = new SignedIn("carol", "walked-chairs");
    private static final SignedIn MANY = new SignedIn("quinn", "walked-many");

    @Autowired
    private TaskList list;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void letThousandsWait() {
        jdbc.sql("set session cte_max_recursion_depth = 10000").update();
        numbered(
                """
                insert into ACT_RU_EXECUTION (ID_, REV_, PROC_INST_ID_, BUSINESS_KEY_, IS_ACTIVE_, IS_CONCURRENT_,
                  IS_SCOPE_, IS_EVENT_SCOPE_, SUSPENSION_STATE_)
                select concat('walk-', i), 1, concat('walk-', i), concat('WALK-', i), true, false, true, false, 1 from n""");
        numbered(
                """
                insert into ACT_RU_TASK (ID_, REV_, EXECUTION_ID_, PROC_INST_ID_, NAME_, TASK_DEF_KEY_, CREATE_TIME_,
                  SUSPENSION_STATE_)
                select concat('walk-', i), 1, concat('walk-', i), concat('walk-', i), 'Walk', 'Activity_Walk',
                  timestampadd(second, i, '2040-01-01'), 1 from n""");
        numbered(
                """
                insert into ACT_RU_IDENTITYLINK (ID_, REV_, GROUP_ID_, TYPE_, TASK_ID_)
                select concat('walk-', i), 1, 'walked-many', 'candidate', concat('walk-', i) from n""");
        jdbc.sql(
                        """
                insert into ACT_RU_IDENTITYLINK (ID_, REV_, GROUP_ID_, USER_ID_, TYPE_, TASK_ID_) values
                ('walk-a', 1, 'walked-chairs', null, 'candidate', 'walk-7'),
                ('walk-b', 1, null, 'carol', 'candidate', 'walk-9')""")
                .update();
    }

    private void numbered(String insert) {
        int select = insert.indexOf("select");
        jdbc.sql(insert.substring(0, select)
                        + "with recursive n as (select 1 as i union all select i + 1 from n where i < " + WAITING + ") "
                        + insert.substring(select))
                .update();
    }

    @Test
    void doesNotGrowForWhoIsAskedByNameAndByARoleThatHasLittleToDo() {
        long before = rowsRead();

        assertThat(CHAIR.does(() -> list.list(mine(), PageQuery.parse(null, "50")))
                        .items())
                .extracting(TaskSummary::number)
                .containsExactly("WALK-9", "WALK-7");

        assertThat(rowsRead() - before).isLessThan(200);
    }

    @Test
    void doesNotGrowForWhoIsAskedAboutNearlyEverything() {
        long before = rowsRead();

        assertThat(MANY.does(() -> list.list(mine(), PageQuery.parse(null, "50")))
                        .items())
                .hasSize(50)
                .first()
                .returns("WALK-" + WAITING, TaskSummary::number);

        assertThat(rowsRead() - before).isLessThan(1500);
    }

    private static TaskFilter mine() {
        return new TaskFilter(null, null, null, true);
    }

    private long rowsRead() {
        return jdbc
                .sql("show session status where variable_name in ('Handler_read_first', 'Handler_read_key',"
                        + " 'Handler_read_next', 'Handler_read_prev', 'Handler_read_rnd', 'Handler_read_rnd_next')")
                .query((row, i) -> row.getLong("Value"))
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
