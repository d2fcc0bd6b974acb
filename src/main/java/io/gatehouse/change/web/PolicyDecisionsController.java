package io.gatehouse.change.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.change.PolicyReplay;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every recorded decision of a policy table, asked again as it is shown. */
@RestController
@RequestMapping("/api/v1/policy-decisions")
class PolicyDecisionsController {

    private final PolicyReplay replay;

    PolicyDecisionsController(PolicyReplay replay) {
        this.replay = replay;
    }

    @GetMapping
    Page<PolicyReplay.Replayed> replay(PageQuery page) {
        return replay.replay(page);
    }
}
