package io.gatehouse.rollout;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.ProblemException;
import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.Connectors;
import io.gatehouse.rollout.connector.Notice;
import io.gatehouse.rollout.connector.WebhookSecret;
import io.gatehouse.secret.SecretUnreadable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes in what tools report. Nothing is done about it yet: a delivery is only checked and kept. */
@Service
public class Callbacks {

    /** What became of a delivery. */
    public enum Receipt {
        KEPT,
        KEPT_BEFORE,
        /** Another body came under the same id: kept is the first one. */
        CONFLICT
    }

    /** The headers of the Standard Webhooks specification; empty where missing. */
    public record Signature(String id, String timestamp, String signatures) {}

    private static final int LONGEST_ID = 200;

    /** However many notices come, a tool is not asked for a command more often than this because of them. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final Connectors connectors;
    private final InboxRows inbox;
    private final CommandRows commands;
    private final RolloutAudit audit;
    private final DispatchSignal signal;
    private final Contention contention;
    private final Clock clock;

    Callbacks(
            Connectors connectors,
            InboxRows inbox,
            CommandRows commands,
            RolloutAudit audit,
            DispatchSignal signal,
            Contention contention,
            Clock clock) {
        this.connectors = connectors;
        this.inbox = inbox;
        this.commands = commands;
        this.audit = audit;
        this.signal = signal;
        this.contention = contention;
        this.clock = clock;
    }

    /**
     * Takes a notice that a tool sends by itself, if it is proven to be the tool's: what the tool has taken is asked for
     * soon. Nothing is kept of it, because nothing is believed of it but that something has changed.
     *
     * @return false if it is not proven
     * @throws ProblemException 503 if we cannot look
     */
    public boolean take(String source, Notice notice) {
        Connector connector = connectors.find(source).orElse(null);
        if (connector == null || !looked(() -> connector.proves(notice))) {
            return false;
        }
        contention.survive(() -> {
            commands.lookSoon(source, connector.askEvery(), BETWEEN_LOOKS);
            signal.afterCommit();
            return true;
        });
        return true;
    }

    /**
     * Keeps a delivery once it is proven to come from the tool.
     *
     * @throws ProblemException 401 if it is not; 400 if its body is no report
     */
    public Receipt receive(String source, Signature signature, byte[] body) {
        verify(source, signature, body);
        if (CallbackReport.parse(body).isEmpty()) {
            throw ProblemException.badRequest(
                    "malformed-callback",
                    "Malformed callback",
                    "Send the 'key' of the command and its 'state': RUNNING, SUCCEEDED or FAILED.");
        }
        return contention.survive(() -> keep(source, signature.id(), new String(body, StandardCharsets.UTF_8)));
    }

    private Receipt keep(String source, String id, String body) {
        String sha256 = Sha256.of(body);
        if (inbox.insert(source, id, sha256, body)) {
            signal.afterCommit();
            return Receipt.KEPT;
        }
        boolean same = inbox.find(source, id)
                .filter(kept -> kept.sha256().equals(sha256))
                .isPresent();
        if (!same) {
            audit.callbackConflicted(source, Sha256.of(id));
        }
        return same ? Receipt.KEPT_BEFORE : Receipt.CONFLICT;
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<Callback> list(PageQuery page, @Nullable CallbackState state) {
        return page.page(inbox.list(page, state), Callback::id);
    }

    private void verify(String source, Signature signature, byte[] body) {
        boolean proven = !signature.id().isBlank()
                && signature.id().length() <= LONGEST_ID
                && secretsOf(source).stream()
                        .anyMatch(secret -> secret.verifies(
                                signature.id(), signature.timestamp(), signature.signatures(), body, clock.instant()));
        if (!proven) {
            throw ProblemException.of(
                    HttpStatus.UNAUTHORIZED,
                    "callback-not-signed",
                    "Callback refused",
                    "Sign id, timestamp and body with the connector's secret (Standard Webhooks), within 5 minutes; "
                            + "or prove a notice by its notice-secret.");
        }
    }

    private List<WebhookSecret> secretsOf(String source) {
        return looked(
                () -> connectors.find(source).map(Connector::callbackSecrets).orElse(List.of()));
    }

    /** Not 401 when we cannot look: a tool that is told to be wrong may never send it again. */
    private static <T> T looked(Supplier<T> look) {
        try {
            return look.get();
        } catch (SecretUnreadable unreadable) {
            throw ProblemException.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "callback-not-checked",
                            "Callback not checked",
                            "The secret of this connector cannot be read now; send the callback again later.")
                    .retryAfter(Duration.ofMinutes(1));
        }
    }
}
