package io.gatehouse.model.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.model.Proposal;
import io.gatehouse.model.Proposals;
import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes in models, shows them, and has another process owner decide on them. */
@RestController
@RequestMapping("/api/v1/models")
class ModelsController {

    private final Proposals proposals;

    ModelsController(Proposals proposals) {
        this.proposals = proposals;
    }

    @PostMapping
    ResponseEntity<ProposalRepresentation> propose(@RequestBody @Valid ProposalInput input) {
        Proposal proposal = proposals.propose(input.file(), input.content(), input.why());
        return ResponseEntity.created(URI.create("/api/v1/models/" + proposal.id()))
                .body(ProposalRepresentation.of(proposal));
    }

    @GetMapping
    Page<ProposalRepresentation> list(PageQuery page) {
        return proposals.list(page).map(ProposalRepresentation::of);
    }

    @GetMapping("/{id}")
    ProposalRepresentation show(@PathVariable long id) {
        return ProposalRepresentation.withContent(proposals.get(id));
    }

    @PostMapping("/{id}/decision")
    ProposalRepresentation decide(@PathVariable long id, @RequestBody @Valid DecisionInput input) {
        return ProposalRepresentation.of(proposals.decide(
                id, input.decision() == DecisionInput.Decision.APPROVE, input.sha256(), input.reason()));
    }
}
