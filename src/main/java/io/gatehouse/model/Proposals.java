package io.gatehouse.model;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.Fingerprint;
import io.gatehouse.engine.ModelDeployments;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How models get into the engine while it runs: one process owner proposes, the check finds nothing, another process owner
 * deploys it or does not. Changes that are under way stay on the version they began with.
 */
@Service
@Transactional
public class Proposals {

    private static final String PROPOSE = "POST /api/v1/models";
    private static final String DECIDE = "POST /api/v1/models/{id}/decision";

    private final ProposalRows rows;
    private final ModelCheck check;
    private final ModelDeployments deployments;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;
    private final Clock clock;

    Proposals(
            ProposalRows rows,
            ModelCheck check,
            ModelDeployments deployments,
            Permissions permissions,
            CurrentPerson currentPerson,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.check = check;
        this.deployments = deployments;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Puts a model up for decision.
     *
     * @throws ProblemException invalid, with one entry for each thing that is wrong with the model
     */
    public Proposal propose(String file, String content, String why) {
        Person person = admitted(PROPOSE);
        if (!ModelCheck.FILE.matcher(file).matches()) {
            throw ProblemException.invalid(
                    "file", "must be the id of the process, table or form and .bpmn, .dmn or .form");
        }
        requireSound(file, content);
        String sha256 = Fingerprint.ofText(content);
        long id = rows.insert(file, content, sha256, why, person.id(), now());
        return recorded("model.Proposed", get(id), Map.of());
    }

    /**
     * Deploys a proposal or turns it down.
     *
     * @param sha256 the digest of what the person looked at
     * @throws ProblemException forbidden to whoever proposed it; conflict if it is decided or not what they looked at
     */
    public Proposal decide(long id, boolean approved, String sha256, String reason) {
        Person person = admitted(DECIDE);
        Proposal proposal = rows.lock(id).orElseThrow(Proposals::unknown);
        if (proposal.state() != Proposal.State.PROPOSED) {
            throw ProblemException.conflict(
                    "proposal-decided", "Already decided", "Model " + id + " is " + proposal.state() + ".");
        }
        if (proposal.proposedBy().equals(person.id())) {
            throw ProblemException.forbidden(
                    "segregation-of-duties",
                    "Segregation of duties",
                    "You proposed this model, so another process owner has to decide on it.");
        }
        requireSame(proposal, sha256);
        if (approved) {
            return deploy(proposal, person, reason);
        }
        rows.decide(id, Proposal.State.REJECTED, person.id(), now(), reason, null);
        return recorded("model.Rejected", get(id), Map.of());
    }

    private Proposal deploy(Proposal proposal, Person person, String reason) {
        // What was sound when it was proposed need not be any more: its form or its table may be gone.
        requireSound(proposal.file(), proposal.content());
        int version = deployments.deploy(proposal.file(), proposal.content());
        rows.decide(proposal.id(), Proposal.State.DEPLOYED, person.id(), now(), reason, version);
        return recorded("model.Deployed", get(proposal.id()), Map.of("version", version));
    }

    private Proposal recorded(String action, Proposal proposal, Map<String, ?> facts) {
        Map<String, Object> all = new TreeMap<>(facts);
        all.put("file", proposal.file());
        all.put("sha256", proposal.sha256());
        audit.recordState(action, AuditTrail.numbered("model", proposal.id()), all, proposal.fingerprint());
        return proposal;
    }

    private static void requireSame(Proposal proposal, String sha256) {
        if (!Fingerprint.ofText(proposal.content()).equals(proposal.sha256())
                || !proposal.sha256().equals(sha256)) {
            throw ProblemException.conflict(
                    "proposal-differs",
                    "Not the same model",
                    "Model " + proposal.id() + " is not what you looked at: its digest is another one. Read it again.");
        }
    }

    private void requireSound(String file, String content) {
        List<String> findings = check.findings(file, content);
        if (!findings.isEmpty()) {
            throw ProblemException.invalid(findings.stream()
                    .map(finding -> new InvalidField("content", finding))
                    .toList());
        }
    }

    /** @throws ProblemException 404 when there is none */
    @Transactional(readOnly = true)
    public Proposal get(long id) {
        return rows.find(id).orElseThrow(Proposals::unknown);
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<Proposal> list(PageQuery page) {
        return page.page(rows.list(page.afterNumber().orElse(Long.MAX_VALUE), page.fetchSize()), Proposal::id);
    }

    private Person admitted(String operation) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(operation, person);
        return Objects.requireNonNull(person);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ProblemException unknown() {
        return ProblemException.notFound("model-not-found", "No such model", "No model was proposed under this id.");
    }
}
