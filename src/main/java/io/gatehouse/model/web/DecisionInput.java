package io.gatehouse.model.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** What a process owner says about a proposal, and the digest of what they looked at. */
record DecisionInput(
        @NotNull Decision decision,
        @NotBlank @Size(max = 64) String sha256,
        @NotBlank @Size(max = 1000) String reason) {

    enum Decision {
        APPROVE,
        REJECT
    }
}
