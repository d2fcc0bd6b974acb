package io.gatehouse.release;

import io.gatehouse.engine.UnderWay;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Conditions for which a release waits. */
@Component
class GoConditionsUnderWay implements UnderWay {

    private final GoNoGoRows rows;
    private final GoNoGoDecisions decisions;

    GoConditionsUnderWay(GoNoGoRows rows, GoNoGoDecisions decisions) {
        this.rows = rows;
        this.decisions = decisions;
    }

    @Override
    public List<String> numbers() {
        return rows.conditionsUnderWay();
    }

    @Override
    @Transactional
    public void takeUp(String number) {
        decisions.takeUp(number);
    }
}
