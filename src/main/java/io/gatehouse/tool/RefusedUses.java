package io.gatehouse.tool;

import io.gatehouse.access.Person;
import io.gatehouse.audit.AuditTrail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down that a token was refused: once a minute for each token and reason, else a loop could fill the trail. */
@Component
class RefusedUses {

    enum Reason {
        WRONG_SECRET,
        REVOKED,
        EXPIRED,
        TOOL_DISABLED,
        RESPONSIBLE_DISABLED
    }

    private record Use(String token, Reason reason) {}

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Map<Use, Instant> recorded = new ConcurrentHashMap<>();
    private final TransactionTemplate transaction;
    private final AuditTrail audit;
    private final Clock clock;

    RefusedUses(PlatformTransactionManager transactions, AuditTrail audit, Clock clock) {
        this.transaction = new TransactionTemplate(transactions);
        this.audit = audit;
        this.clock = clock;
    }

    void record(ToolToken token, Reason reason) {
        if (isDue(new Use(token.id(), reason))) {
            transaction.executeWithoutResult(status -> audit.record(
                    "tool.TokenRefused",
                    Person.TOOL_PREFIX + token.tool(),
                    Map.of("token", token.id(), "reason", reason.name())));
        }
    }

    private boolean isDue(Use use) {
        Instant now = clock.instant();
        Instant last = recorded.get(use);
        if (last == null) {
            return recorded.putIfAbsent(use, now) == null;
        }
        return !now.isBefore(last.plus(PAUSE)) && recorded.replace(use, last, now);
    }
}
