package io.gatehouse.release;

import io.gatehouse.engine.UnderWay;
import java.util.List;
import org.springframework.stereotype.Component;

/** Releases that are prepared or deployed. */
@Component
class ReleasesUnderWay implements UnderWay {

    private final ReleaseRows rows;
    private final ProductionChanges changes;

    ReleasesUnderWay(ReleaseRows rows, ProductionChanges changes) {
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
