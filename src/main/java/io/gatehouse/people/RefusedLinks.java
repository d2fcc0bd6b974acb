package io.gatehouse.people;

import io.gatehouse.audit.AuditTrail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes down that a link was refused: once for each that there was, and once a minute for any that there never was, else
 * whoever guesses could fill the trail.
 */
@Component
public class RefusedLinks {

    static final Duration PAUSE = Duration.ofMinutes(1);

    private final AtomicLong lastUnknown = new AtomicLong();
    private final LinkRows links;
    private final TransactionTemplate transactions;
    private final AuditTrail audit;
    private final Clock clock;

    RefusedLinks(LinkRows links, TransactionTemplate transactions, AuditTrail audit, Clock clock) {
        this.links = links;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    public void record(LinkRefused refusal) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        LinkSecret known = refusal.known();
        if (known == null) {
            unknown(now);
        } else {
            transactions.executeWithoutResult(status -> over(known, now));
        }
    }

    private void over(LinkSecret secret, Instant now) {
        if (links.refuse(secret, now)) {
            links.find(secret)
                    .ifPresent(link -> audit.record(
                            "people.LinkRefused",
                            link.person() == null ? "-" : audit.person(link.person()),
                            Map.of(
                                    "purpose", link.purpose(),
                                    "madeBy", link.createdBy(),
                                    "used", link.usedAt() != null)));
        }
    }

    private void unknown(Instant now) {
        long last = lastUnknown.get();
        boolean due = now.toEpochMilli() - last >= PAUSE.toMillis();
        if (due && lastUnknown.compareAndSet(last, now.toEpochMilli())) {
            transactions.executeWithoutResult(
                    status -> audit.record("people.LinkRefused", "-", Map.of("purpose", "UNKNOWN")));
        }
    }
}
