package io.gatehouse.release.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.release.SeatDelegation;
import io.gatehouse.release.SeatDelegations;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who answers for a role about releases in the place of somebody else. */
@RestController
@RequestMapping("/api/v1/release-delegations")
class SeatDelegationsController {

    record DelegationInput(
            @NotBlank @Size(max = 64) String seat,
            @Size(min = 1, max = 64) @Nullable String person,
            @NotBlank @Size(max = 64) String delegate,
            @Nullable Instant from,
            @NotNull Instant until) {}

    private final SeatDelegations delegations;

    SeatDelegationsController(SeatDelegations delegations) {
        this.delegations = delegations;
    }

    @GetMapping
    Page<SeatDelegation> list(PageQuery page) {
        return delegations.list(page);
    }

    @PostMapping
    SeatDelegation give(@RequestBody @Valid DelegationInput input) {
        return delegations.give(input.seat(), input.person(), input.delegate(), input.from(), input.until());
    }

    @PostMapping("/{id}/withdrawal")
    SeatDelegation withdraw(@PathVariable long id) {
        return delegations.withdraw(id);
    }
}
