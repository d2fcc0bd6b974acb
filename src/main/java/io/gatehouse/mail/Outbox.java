package io.gatehouse.mail;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is to be mailed, or posted to a channel. It is written down in the transaction that makes what it tells, and sent by {@link MailRound} once
 * that is committed: never without it, and once to each.
 */
@Component
public class Outbox {

    static final Duration PATIENCE = Duration.ofDays(3);

    private final MailRows rows;
    private final ObjectProvider<JavaMailSender> sender;
    private final Clock clock;

    Outbox(MailRows rows, ObjectProvider<JavaMailSender> sender, Clock clock) {
        this.rows = rows;
        this.sender = sender;
        this.clock = clock;
    }

    /** Whether there is a mail server; without one nothing is written down to be mailed. */
    public boolean isConfigured() {
        return sender.getIfAvailable() != null;
    }

    /** Has each of them told: channels always, everybody else if there is a mail server; whether there is. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean add(String kind, long about, Collection<Recipient> recipients) {
        boolean configured = isConfigured();
        List<Recipient> reached = recipients.stream()
                .filter(recipient -> configured || recipient.kind() == Recipient.Kind.CHANNEL)
                .toList();
        if (!reached.isEmpty()) {
            rows.add(kind, about, reached, clock.instant(), PATIENCE);
        }
        return configured;
    }

    /** What was or is to be mailed about things of a kind, in the order in which it was written down. */
    @Transactional(readOnly = true)
    public List<OutboxMail> about(String kind, Collection<Long> things) {
        return things.isEmpty() ? List.of() : rows.about(kind, things);
    }
}
