package io.gatehouse.release;

import io.gatehouse.engine.UnderWay;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people are asked for releases in processes of their own: conditions for which a release waits, and criteria. They are
 * read in one statement, because this is asked each minute.
 */
@Component
class PeopleAskedUnderWay implements UnderWay {

    private final JdbcClient jdbc;
    private final GoNoGoDecisions decisions;
    private final Criteria criteria;

    PeopleAskedUnderWay(JdbcClient jdbc, GoNoGoDecisions decisions, Criteria criteria) {
        this.jdbc = jdbc;
        this.decisions = decisions;
        this.criteria = criteria;
    }

    @Override
    public List<String> numbers() {
        return jdbc.sql(
                        """
                select 'COND' as kind, c.id from go_condition c join go_no_go d on d.id = c.go_no_go_id
                where c.state = 'OPEN' and d.outcome = 'CONDITIONAL_GO'
                union all
                select 'CRIT', k.id from release_criterion k join software_release r on r.number = k.release_number
                where k.state = 'OPEN' and r.state not in ('PLANNED', 'CLOSED', 'RETIRED')
                order by 1, 2""")
                .query((row, i) -> "%s-%06d".formatted(row.getString(1), row.getLong(2)))
                .list();
    }

    @Override
    @Transactional
    public void takeUp(String number) {
        if (Criterion.findId(number).isPresent()) {
            criteria.takeUp(number);
        } else {
            decisions.takeUp(number);
        }
    }
}
