package io.gatehouse.change;

import io.gatehouse.access.Roles;
import io.gatehouse.audit.AuditTrail;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks the policy tables about a change and acts on what they say; where two versions are asked, on the stricter: the
 * worst risk, every seat of either, a review if either wants one. The inputs are read from our own tables at that
 * moment; nothing a caller sends along is believed.
 */
@Service
@Transactional
public class ChangePolicy {

    /** What the table is told beside the status, so that it can be told later what was known to be missing. */
    static final String MISSING_EVIDENCE = "missingEvidence";

    private static final Set<String> KNOWN_SCOPES = Set.of("sox", "pci-dss", "gdpr");

    private final Changes changes;
    private final Approvals approvals;
    private final PolicyDecisions policy;
    private final RiskInputs riskInputs;
    private final ChangeSurroundings surroundings;
    private final Emergencies emergencies;
    private final EvidenceFiles evidence;
    private final AuditTrail audit;
    private final VotingBoards boards;

    ChangePolicy(
            Changes changes,
            Approvals approvals,
            PolicyDecisions policy,
            RiskInputs riskInputs,
            ChangeSurroundings surroundings,
            EvidenceFiles evidence,
            AuditTrail audit,
            Emergencies emergencies,
            VotingBoards boards) {
        this.changes = changes;
        this.emergencies = emergencies;
        this.approvals = approvals;
        this.policy = policy;
        this.riskInputs = riskInputs;
        this.surroundings = surroundings;
        this.evidence = evidence;
        this.audit = audit;
        this.boards = boards;
    }

    /** Asks {@code AssessChangeRisk}. Several rules may fire; the worst risk wins and every reason is kept. */
    public void assessRisk(String number) {
        Change change = changes.withDetails(changes.lock(number));
        List<List<Map<String, Object>>> fired =
                policy.ask(change, PolicyVersions.ASSESS_CHANGE_RISK, riskInputs.of(change));
        List<Map<String, Object>> worstFirst = fired.stream()
                .flatMap(List::stream)
                .distinct()
                .sorted(Comparator.comparing(ChangePolicy::riskOf).reversed())
                .toList();
        List<String> reasons = worstFirst.stream()
                .map(rule -> riskOf(rule) + ": " + rule.get("reason"))
                .toList();
        changes.assess(change, riskOf(worstFirst.get(0)), reasons);
        approvals.ask(change, List.of("technical-approver"));
    }

    /** Asks {@code RequireEvidence}. Several rules may fire; the recorded answer says what must be on file. */
    public void requireEvidence(String number) {
        Change change = changes.withDetails(changes.lock(number));
        policy.ask(change, PolicyVersions.REQUIRE_EVIDENCE, evidenceInputs(change));
    }

    /** Who a policy says authorises a change. */
    public enum Authority {
        /** The policy itself does. */
        POLICY,
        /** People on seats, and perhaps a board after them. */
        SEATS,
        /** A board alone. */
        BOARD
    }

    /**
     * Asks {@code ChooseApprovers} and opens the seats it names. Where it names a board that is not there or that the
     * process cannot ask, the seats that the same rule names decide in its place. Where evidence is
     * missing people decide, whatever the table says.
     *
     * @param boards whether the process the change is in can have a board vote
     */
    public Authority chooseApprovers(String number, boolean boards) {
        Change change = changes.lock(number);
        Set<String> seats = new LinkedHashSet<>();
        EvidenceFile file = evidence.of(change);
        policy.ask(change, PolicyVersions.CHOOSE_APPROVERS, approverInputs(change, file))
                .forEach(answer -> seats.addAll(seats(number, answer.get(0), boards)));
        if (seats.isEmpty() && file.status() != EvidenceFile.Status.COMPLETE) {
            seats.add(Roles.CHANGE_MANAGER);
            audit.record(
                    "change.ApprovalByPolicyWithheld",
                    number,
                    Map.of(
                            "round",
                            change.approvalRound(),
                            "missing",
                            List.copyOf(file.gaps().keySet())));
        }
        changes.beginAuthorization(change);
        if (seats.isEmpty()) {
            return Authority.POLICY;
        }
        approvals.ask(change, seats);
        return seats.stream().allMatch(seat -> Approvals.boardOf(seat).isPresent()) ? Authority.BOARD : Authority.SEATS;
    }

    /**
     * Asks {@code DecideCabOutcome} what a vote comes to; of two versions the stricter holds.
     *
     * @return the outcome with its reason
     */
    public Map.Entry<BoardOutcome, String> decideCabOutcome(String number, Map<String, Object> inputs) {
        return policy.ask(changes.lock(number), PolicyVersions.DECIDE_CAB_OUTCOME, inputs).stream()
                .map(answer -> answer.get(0))
                .map(rule -> Map.entry(BoardOutcome.valueOf(text(rule, "outcome")), text(rule, "reason")))
                .max(Map.Entry.comparingByKey())
                .orElseThrow();
    }

    private List<String> seats(String number, Map<String, Object> rule, boolean canVote) {
        if ("AUTO".equals(rule.get("approval"))) {
            return List.of();
        }
        if (canVote && "CAB".equals(rule.get("approval")) && boards.exists(text(rule, "board"))) {
            return List.of(Approvals.seatOf(text(rule, "board")));
        }
        List<String> seats = Arrays.stream(text(rule, "seats").split(","))
                .map(String::strip)
                .filter(seat -> !seat.isEmpty())
                .toList();
        if (seats.isEmpty()) {
            throw new IllegalStateException("ChooseApprovers asks for approval of " + number + " but names no seat");
        }
        return seats;
    }

    /**
     * Asks {@code AuthorizeEmergency} and opens the seats it names.
     *
     * @throws IllegalStateException for any other change: fewer of its seats would do than have to approve it
     */
    public void authorizeEmergency(String number) {
        Change change = changes.withDetails(changes.lock(number));
        if (change.type() != ChangeType.EMERGENCY) {
            throw new IllegalStateException(number + " is " + change.type() + " and no emergency");
        }
        EmergencyPolicy answer = EmergencyPolicy.strictest(
                policy.ask(change, PolicyVersions.AUTHORIZE_EMERGENCY, emergencyInputs(change)).stream()
                        .map(rules -> EmergencyPolicy.of(rules.get(0)))
                        .toList());
        changes.beginAuthorization(change);
        emergencies.open(change, answer);
        approvals.ask(change, answer.seats());
    }

    /** Asks {@code RequireReview}: whether people look back at this change before it is closed. */
    public boolean reviewRequired(String number) {
        Change change = changes.lock(number);
        return policy.ask(change, PolicyVersions.REQUIRE_REVIEW, reviewInputs(change)).stream()
                .anyMatch(answer -> Boolean.TRUE.equals(answer.get(0).get("review")));
    }

    private Map<String, Object> evidenceInputs(Change change) {
        ChangeSurroundings.Known known = surroundings.of(change);
        SortedSet<String> scopes = known.complianceScopes();
        Questionnaire answers = change.questionnaire();
        return Map.of(
                "risk", Objects.requireNonNull(change.risk()).name(),
                "production", known.environment().production(),
                "newVersion", !change.artifacts().isEmpty(),
                "dataMigration", answers.dataMigration(),
                "sox", scopes.contains("sox"),
                "pciDss", scopes.contains("pci-dss"),
                "gdpr", scopes.contains("gdpr"),
                "otherScope", !KNOWN_SCOPES.containsAll(scopes));
    }

    private Map<String, Object> approverInputs(Change change, EvidenceFile file) {
        return Map.of(
                "risk",
                Objects.requireNonNull(change.risk()).name(),
                "production",
                surroundings.isProduction(change),
                "evidence",
                file.status().name(),
                MISSING_EVIDENCE,
                file.gapsAsText());
    }

    private Map<String, Object> emergencyInputs(Change change) {
        Questionnaire answers = change.questionnaire();
        ChangeSurroundings.Known known = surroundings.of(change);
        return Map.of(
                "tier", known.mostCriticalTier(),
                "production", known.environment().production(),
                "dataMigration", answers.dataMigration(),
                "downtime", answers.downtime(),
                "backoutTested", answers.backoutTested());
    }

    private static Map<String, Object> reviewInputs(Change change) {
        Risk risk = change.risk();
        return Map.of(
                "type", change.type().name(),
                "risk", risk == null ? Risk.LOW.name() : risk.name(),
                "result", Objects.requireNonNull(change.closeCode()).name(),
                "rolledBack", change.rolledBack(),
                "byHand", change.implementer() != null);
    }

    private static Risk riskOf(Map<String, Object> rule) {
        return Risk.valueOf(text(rule, "risk"));
    }

    private static String text(Map<String, Object> rule, String output) {
        Object value = rule.get(output);
        if (value == null) {
            throw new IllegalStateException("A rule that fired gives no '" + output + "': " + rule);
        }
        return value.toString();
    }
}
