package io.gatehouse.model.web;

import io.gatehouse.model.Proposal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A proposal as the API shows it; the model itself only when one is asked for. */
record ProposalRepresentation(
        long id,
        String file,
        @Nullable String content,
        String sha256,
        String why,
        Proposal.State state,
        String proposedBy,
        Instant proposedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String reason,
        @Nullable Integer version) {

    static ProposalRepresentation of(Proposal proposal) {
        return of(proposal, null);
    }

    static ProposalRepresentation withContent(Proposal proposal) {
        return of(proposal, proposal.content());
    }

    private static ProposalRepresentation of(Proposal proposal, @Nullable String content) {
        return new ProposalRepresentation(
                proposal.id(),
                proposal.file(),
                content,
                proposal.sha256(),
                proposal.why(),
                proposal.state(),
                proposal.proposedBy(),
                proposal.proposedAt(),
                proposal.decidedBy(),
                proposal.decidedAt(),
                proposal.reason(),
                proposal.version());
    }
}
