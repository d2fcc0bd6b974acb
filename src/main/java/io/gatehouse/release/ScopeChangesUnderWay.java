package io.gatehouse.release;

import io.gatehouse.engine.UnderWay;
import java.util.List;
import org.springframework.stereotype.Component;

/** Scope changes whose seats are asked. */
@Component
class ScopeChangesUnderWay implements UnderWay {

    private final ScopeChangeRows rows;
    private final ScopeChanges changes;

    ScopeChangesUnderWay(ScopeChangeRows rows, ScopeChanges changes) {
        this.rows = rows;
        this.changes = changes;
    }

    @Override
    public List<String> numbers() {
        return rows.underWay();
    }

    @Override
    public void takeUp(String number) {
        changes.takeUp(number);
    }
}
