package io.gatehouse.tool;

import io.gatehouse.access.ToolAuthentication;
import io.gatehouse.access.ToolTokens;
import io.gatehouse.tool.RefusedUses.Reason;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.stereotype.Component;

/**
 * Signs tools in. Every call asks the database about the token and its tool, so what is revoked, disabled or narrowed is
 * so from the next call on, on every node; only the person responsible is remembered for a while.
 */
@Component
class TokenSignIn implements ToolTokens {

    private final TokenRows tokens;
    private final ToolRows tools;
    private final ResponsiblePeople responsible;
    private final LastUses lastUses;
    private final RefusedUses refused;
    private final Clock clock;

    TokenSignIn(
            TokenRows tokens,
            ToolRows tools,
            ResponsiblePeople responsible,
            LastUses lastUses,
            RefusedUses refused,
            Clock clock) {
        this.tokens = tokens;
        this.tools = tools;
        this.responsible = responsible;
        this.lastUses = lastUses;
        this.refused = refused;
        this.clock = clock;
    }

    @Override
    public ToolAuthentication signIn(String text) {
        TokenText claimed = TokenText.parse(text).orElseThrow(TokenSignIn::refusal);
        TokenRows.Stored stored = tokens.find(claimed.id()).orElseThrow(TokenSignIn::refusal);
        Instant now = clock.instant();
        objection(stored, claimed, now).ifPresent(reason -> {
            refused.record(stored.token(), reason);
            throw refusal();
        });
        lastUses.note(claimed.id());
        String tool = stored.token().tool();
        return new ToolAuthentication(tool, tools.scope(tool, now));
    }

    private Optional<Reason> objection(TokenRows.Stored stored, TokenText claimed, Instant now) {
        if (!MessageDigest.isEqual(stored.hash(), claimed.hash())) {
            return Optional.of(Reason.WRONG_SECRET);
        }
        if (!stored.token().isLiveAt(now)) {
            return Optional.of(stored.token().revokedAt() == null ? Reason.EXPIRED : Reason.REVOKED);
        }
        if (!stored.toolEnabled()) {
            return Optional.of(Reason.TOOL_DISABLED);
        }
        return responsible.isActive(stored.responsible()) ? Optional.empty() : Optional.of(Reason.RESPONSIBLE_DISABLED);
    }

    /** The same for everything: whoever guesses learns nothing. */
    private static BadCredentialsException refusal() {
        return new BadCredentialsException("The token is not accepted");
    }
}
