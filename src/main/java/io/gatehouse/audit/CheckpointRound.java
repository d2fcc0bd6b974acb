package io.gatehouse.audit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Writes again and again, one node at a time, how far the trail reaches, where whoever can write to the database cannot.
 * Nothing is written while nothing is new, but for a line a day that says so. What does not succeed is said in the log,
 * by the health of the component {@code auditCheckpoints} and by a number.
 */
class CheckpointRound implements HealthIndicator, MeterBinder {

    /** Most entries of a line. */
    static final int LONGEST = 5_000;

    private static final Logger log = LoggerFactory.getLogger(CheckpointRound.class);
    private static final Duration SAID_AGAIN = Duration.ofDays(1);

    private final CheckpointRows rows;
    private final CheckpointKeys keys;
    private final CheckpointFile file;
    private final @Nullable CheckpointWebhook webhook;
    private final CheckpointProperties properties;
    private final String node;
    private final Clock clock;
    private final AtomicLong failures = new AtomicLong();
    private volatile @Nullable String trouble;
    private boolean warned;

    CheckpointRound(
            CheckpointRows rows,
            CheckpointKeys keys,
            CheckpointFile file,
            Optional<CheckpointWebhook> webhook,
            CheckpointProperties properties,
            Clock clock) {
        this.rows = rows;
        this.keys = keys;
        this.file = file;
        this.webhook = webhook.orElse(null);
        this.properties = properties;
        this.node = NodeName.of(properties.node());
        this.clock = clock;
    }

    @Scheduled(
            initialDelayString = "${gatehouse.audit.checkpoint.every:PT5M}",
            fixedDelayString = "${gatehouse.audit.checkpoint.every:PT5M}")
    void takeTurn() {
        if (!keys.configured()) {
            warnOnce();
        } else if (rows.takeTurn(properties.every().multipliedBy(9).dividedBy(10))) {
            // A little less than the pause, or a node whose clock is a moment ahead would wait for a whole pause more.
            write();
        }
    }

    /** Sends again what did not arrive. */
    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void sendAgain() throws IOException {
        if (webhook != null && webhook.waiting() > 0) {
            Optional<CheckpointKey> key = keys.current();
            key.ifPresent(webhook::send);
        }
    }

    void write() {
        try {
            CheckpointKey key = keys.current().orElseThrow();
            CheckpointFile.Added added = file.append(last -> next(last, key));
            rows.written(added.n());
            trouble = null;
            if (webhook != null) {
                webhook.add(added.lines());
                webhook.send(key);
            }
        } catch (IOException | RuntimeException e) {
            trouble = e.getMessage() == null ? e.toString() : e.getMessage();
            failures.incrementAndGet();
            log.error("No checkpoint of the audit trail could be written to {}: {}", properties.file(), trouble);
            rows.giveBackTurn();
        }
    }

    private CheckpointFile.Added next(CheckpointFile.Last last, CheckpointKey key) {
        AuditHash.Head head = rows.head();
        requireStillThere(last, head);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<String> lines = new ArrayList<>();
        String previous = last.digest();
        long n = last.n();
        while (n < head.n() || lines.isEmpty() && isSaidAgain(last, now)) {
            long upTo = Math.min(head.n(), n + LONGEST);
            List<String> hashes = rows.hashes(n, upTo);
            if (hashes.size() != upTo - n) {
                throw new IllegalStateException("entries after " + n + " are missing. Verify the trail");
            }
            String hash = hashes.isEmpty() ? last.hash() : hashes.get(hashes.size() - 1);
            String line = new Checkpoint(upTo, hash, now, node, previous, beginningsOf(hashes)).signedBy(key);
            lines.add(line);
            previous = Fingerprint.ofText(line);
            n = upTo;
        }
        return new CheckpointFile.Added(lines, n);
    }

    private static boolean isSaidAgain(CheckpointFile.Last last, Instant now) {
        return last.n() > 0 && !now.isBefore(last.at().plus(SAID_AGAIN));
    }

    /** Going on after an entry that is no longer there would bury what has happened to it. */
    private void requireStillThere(CheckpointFile.Last last, AuditHash.Head head) {
        boolean there = last.n() == 0 || rows.hashes(last.n() - 1, last.n()).equals(List.of(last.hash()));
        if (!there || head.n() < last.n()) {
            throw new IllegalStateException("entry " + last.n() + " is not in the trail as the checkpoint of "
                    + last.at() + " has it: the trail was altered or an older database restored. Verify it, keep this"
                    + " file, and name another one");
        }
    }

    private static String beginningsOf(List<String> hashes) {
        byte[] beginnings = new byte[hashes.size() * Checkpoint.KEPT];
        for (int i = 0; i < hashes.size(); i++) {
            byte[] beginning = HexFormat.of().parseHex(hashes.get(i), 0, 2 * Checkpoint.KEPT);
            System.arraycopy(beginning, 0, beginnings, i * Checkpoint.KEPT, Checkpoint.KEPT);
        }
        return Base64.getEncoder().encodeToString(beginnings);
    }

    private void warnOnce() {
        if (!warned) {
            log.warn("Without a key no checkpoints of the audit trail are written: whoever can write to the database"
                    + " could write the trail anew (docs/audit.md)");
            warned = true;
        }
    }

    @Override
    public Health health() {
        if (!keys.configured()) {
            return Health.unknown()
                    .withDetail("checkpoints", "off, there is no key")
                    .build();
        }
        CheckpointRows.Lag lag = rows.lag();
        Health.Builder health = Health.up();
        if (trouble != null) {
            health.down().withDetail("trouble", trouble);
        }
        if (isOverdue(lag)) {
            health.down().withDetail("overdue", "no node has written one for a while");
        }
        if (webhook != null) {
            webhook.trouble().ifPresent(why -> health.down().withDetail("webhook", why));
            health.withDetail("undelivered", webhook.waiting());
        }
        return health.withDetail("entriesWithout", lag.entries()).build();
    }

    private boolean isOverdue(CheckpointRows.Lag lag) {
        long most = properties.every().multipliedBy(3).toSeconds();
        return lag.entries() > 0 && lag.seconds().filter(age -> age > most).isPresent();
    }

    private double failures() {
        return failures.get() + (webhook == null ? 0 : webhook.failures());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "gatehouse.audit.checkpoint.missing",
                        () -> keys.configured() ? rows.lag().entries() : Double.NaN)
                .description("Entries of the audit trail that no checkpoint covers yet")
                .register(registry);
        FunctionCounter.builder("gatehouse.audit.checkpoint.failures", this, CheckpointRound::failures)
                .description("Times that a checkpoint could not be written or sent")
                .register(registry);
    }
}
