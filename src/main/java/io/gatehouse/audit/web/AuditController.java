package io.gatehouse.audit.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.audit.Differences;
import io.gatehouse.audit.FoundDifference;
import io.gatehouse.audit.verify.Difference;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells auditors what was written past the product. */
@RestController
@RequestMapping("/api/v1/audit")
class AuditController {

    /** The result of a comparison of everything. */
    record ComparisonRepresentation(int found, List<Difference> differences) {

        private static final int SHOWN = 200;

        static ComparisonRepresentation of(List<Difference> all) {
            return new ComparisonRepresentation(
                    all.size(), all.stream().limit(SHOWN).toList());
        }
    }

    private final Differences differences;

    AuditController(Differences differences) {
        this.differences = differences;
    }

    @GetMapping("/differences")
    Page<FoundDifference> differences(PageQuery page) {
        return differences.open(page);
    }

    @GetMapping("/comparison")
    ComparisonRepresentation comparison() {
        return ComparisonRepresentation.of(differences.compareAll());
    }
}
