package io.gatehouse.model.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** A model that somebody wants deployed. */
record ProposalInput(
        @NotBlank @Size(max = 80) String file,
        @NotBlank @Size(max = 100_000) String content,
        @NotBlank @Size(max = 1000) String why) {}
