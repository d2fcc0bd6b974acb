package io.gatehouse.change.process;

import io.gatehouse.change.Changes;
import io.gatehouse.engine.UnderWay;
import java.util.List;
import org.springframework.stereotype.Component;

/** Changes that are on their way: submitted, and neither closed nor canceled. */
@Component
class ChangesUnderWay implements UnderWay {

    private final Changes changes;
    private final ChangeProcess process;

    ChangesUnderWay(Changes changes, ChangeProcess process) {
        this.changes = changes;
        this.process = process;
    }

    @Override
    public List<String> numbers() {
        return changes.underWay();
    }

    @Override
    public void takeUp(String number) {
        process.takeUp(number);
    }
}
