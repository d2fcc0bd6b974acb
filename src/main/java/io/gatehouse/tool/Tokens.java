package io.gatehouse.tool;

import io.gatehouse.access.People;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The tokens of all tools. A tool has at most two that are accepted: one in use and one to replace it. */
@Service
@Transactional
public class Tokens {

    /** Tokens of one tool that may be accepted at the same time. */
    static final int MOST = 2;

    /**
     * A new token.
     *
     * @param text what the tool sends; known to nobody once this is gone
     */
    public record Issued(ToolToken token, String text) {

        @Override
        public String toString() {
            return "Issued[" + token + "]";
        }
    }

    private final Tools tools;
    private final TokenRows rows;
    private final ToolOwners owners;
    private final People people;
    private final AuditTrail audit;
    private final ToolProperties limits;
    private final Clock clock;

    Tokens(
            Tools tools,
            TokenRows rows,
            ToolOwners owners,
            People people,
            AuditTrail audit,
            ToolProperties limits,
            Clock clock) {
        this.tools = tools;
        this.rows = rows;
        this.owners = owners;
        this.people = people;
        this.audit = audit;
        this.limits = limits;
        this.clock = clock;
    }

    /** The tokens of a tool, live or not, newest first. */
    @Transactional(readOnly = true)
    public List<ToolToken> of(String tool) {
        return rows.of(tools.get(tool).name());
    }

    /**
     * Makes a token.
     *
     * @param expiresAt when it ends; the longest life allowed when absent
     */
    public Issued issue(String name, @Nullable Instant expiresAt) {
        Tool tool = tools.lock(name);
        Person caller = owners.requireOwnerOfAll(tool.services());
        Issued issued = issue(tool, caller, expiresAt);
        record(
                "tool.TokenIssued",
                issued.token(),
                Map.of("expiresAt", issued.token().expiresAt().toString()));
        return issued;
    }

    /**
     * Replaces a token by a new one; both are accepted until the overlap is over.
     *
     * @param overlap how long the old one lives on, at most; no time at all when absent
     */
    public Issued rotate(String name, String id, @Nullable Duration overlap, @Nullable Instant expiresAt) {
        Tool tool = tools.lock(name);
        Person caller = owners.requireOwnerOfAll(tool.services());
        ToolToken old = find(tool, id);
        Instant now = now();
        if (!old.isLiveAt(now)) {
            throw ProblemException.conflict(
                    "token-not-live", "Token not live", "This token is revoked or has expired; issue a new one.");
        }
        Instant end = endOfOverlap(old, overlap == null ? Duration.ZERO : overlap, now);
        Issued issued = issue(tool, caller, expiresAt);
        rows.expire(id, end);
        tools.answered(tool, old.createdBy());
        record("tool.TokenRotated", issued.token(), Map.of("replaces", id, "oldExpiresAt", end.toString()));
        record("tool.TokenReplaced", old, Map.of("by", issued.token().id()));
        return issued;
    }

    /** Ends a token at once, on every node. Revoking it again changes nothing. */
    public void revoke(String name, String id) {
        Tool tool = tools.lock(name);
        owners.requireOwnerOfOne(tool.services());
        ToolToken token = find(tool, id);
        if (token.revokedAt() == null) {
            rows.revoke(id, now());
            tools.answered(tool, token.createdBy());
            record("tool.TokenRevoked", token, Map.of());
        }
    }

    private Issued issue(Tool tool, Person caller, @Nullable Instant expiresAt) {
        Instant now = now();
        requireUsable(tool);
        if (rows.of(tool.name()).stream().filter(token -> token.isLiveAt(now)).count() >= MOST) {
            throw ProblemException.conflict(
                    "two-tokens-live",
                    "Two tokens are live",
                    "A tool has at most two tokens, for the time of a rotation. Revoke one of " + tool.name()
                            + "'s first.");
        }
        TokenText text = TokenText.random();
        ToolToken token =
                new ToolToken(text.id(), tool.name(), caller.id(), now, endOfLife(expiresAt, now), null, null);
        rows.insert(token, text.hash());
        tools.answered(tool, caller.id());
        return new Issued(token, text.text());
    }

    private void requireUsable(Tool tool) {
        if (!tool.enabled() || !people.isActive(tool.responsible())) {
            throw ProblemException.conflict(
                    "tool-disabled",
                    "Tool disabled",
                    tool.name() + " is disabled, or the person responsible for it is. Change that first.");
        }
    }

    private Instant endOfLife(@Nullable Instant wanted, Instant now) {
        Instant latest = now.plus(limits.longestLife());
        if (wanted != null && (!wanted.isAfter(now) || wanted.isAfter(latest))) {
            throw ProblemException.invalid("expiresAt", "must be in the future and not after " + latest);
        }
        return wanted == null ? latest : wanted.truncatedTo(ChronoUnit.MICROS);
    }

    private Instant endOfOverlap(ToolToken old, Duration overlap, Instant now) {
        if (overlap.isNegative() || overlap.compareTo(limits.longestOverlap()) > 0) {
            throw ProblemException.invalid("overlap", "must be from PT0S to " + limits.longestOverlap());
        }
        Instant end = now.plus(overlap);
        return end.isBefore(old.expiresAt()) ? end : old.expiresAt();
    }

    private ToolToken find(Tool tool, String id) {
        return rows.of(tool.name()).stream()
                .filter(token -> token.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "token-not-found", "No such token", tool.name() + " has no token with this id."));
    }

    private void record(String action, ToolToken token, Map<String, String> facts) {
        Map<String, String> all = new TreeMap<>(facts);
        all.put("tool", token.tool());
        audit.recordState(action, "token-" + token.id(), all, rows.fingerprint(token.id()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
