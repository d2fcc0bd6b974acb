package io.gatehouse.audit;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.audit.verify.Difference;
import java.util.List;
import org.springframework.stereotype.Service;

/** What auditors ask: which rows are not as the audit trail says. */
@Service
public class Differences {

    private final DifferenceRows rows;
    private final TrailSnapshot snapshot;

    Differences(DifferenceRows rows, TrailSnapshot snapshot) {
        this.rows = rows;
        this.snapshot = snapshot;
    }

    /** What the comparisons of the last time have found and is still so, newest first. */
    public Page<FoundDifference> open(PageQuery page) {
        return page.page(rows.open(page.afterNumber().orElse(Long.MAX_VALUE), page.fetchSize()), FoundDifference::id);
    }

    /** Compares everything now; takes as long as there are changes, and writes nothing. */
    public List<Difference> compareAll() {
        return snapshot.all();
    }
}
