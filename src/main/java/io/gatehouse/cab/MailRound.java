package io.gatehouse.cab;

import io.gatehouse.access.People;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends the mails that are due, outside of any transaction: with growing pauses, until it gives up. A node that is killed
 * between sending and writing that down has it sent again, with the same {@code Message-ID}.
 */
@Component
class MailRound {

    private static final Logger log = LoggerFactory.getLogger(MailRound.class);
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);
    private static final int MANY = 20;

    private final MailRows rows;
    private final MailText text;
    private final People people;
    private final ObjectProvider<JavaMailSender> senders;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final String from;

    MailRound(
            MailRows rows,
            MailText text,
            People people,
            ObjectProvider<JavaMailSender> senders,
            TransactionTemplate transaction,
            Clock clock,
            @Value("${gatehouse.mail.from:gatehouse@localhost}") String from) {
        this.rows = rows;
        this.text = text;
        this.people = people;
        this.senders = senders;
        this.transaction = transaction;
        this.clock = clock;
        this.from = from;
    }

    @Scheduled(initialDelayString = "PT30S", fixedDelayString = "PT30S")
    void send() {
        JavaMailSender sender = senders.getIfAvailable();
        if (sender != null) {
            send(sender);
        }
    }

    /** One round; how many were sent. */
    int send(JavaMailSender sender) {
        List<MailRows.Due> due = transaction.execute(status -> rows.take(clock.instant(), LEASE, MANY));
        int sent = 0;
        for (MailRows.Due mail : due == null ? List.<MailRows.Due>of() : due) {
            sent += send(sender, mail) ? 1 : 0;
        }
        return sent;
    }

    private boolean send(JavaMailSender sender, MailRows.Due mail) {
        Optional<String> address = people.addressOf(mail.person());
        if (address.isEmpty()) {
            transaction.executeWithoutResult(status -> rows.failed(mail, mail.person() + " has no address"));
            return false;
        }
        try {
            sender.send(message(sender, mail, address.get()));
            transaction.executeWithoutResult(status -> rows.sent(mail, clock.instant()));
            return true;
        } catch (MailException | MessagingException e) {
            log.warn("Mail {} about {} was not sent, try {}", mail.id(), mail.meeting(), mail.tries(), e);
            transaction.executeWithoutResult(status -> postpone(mail, e));
            return false;
        }
    }

    /** Without the text of the failure, which may hold an address. */
    private void postpone(MailRows.Due mail, Exception failure) {
        String trouble = failure.getClass().getSimpleName();
        Instant next = clock.instant().plus(pause(mail.tries()));
        if (next.isAfter(mail.giveUpAt())) {
            rows.failed(mail, trouble);
        } else {
            rows.later(mail, next, trouble);
        }
    }

    private static Duration pause(int tries) {
        Duration doubled = Duration.ofMinutes(1L << Math.min(tries, 12));
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private MimeMessage message(JavaMailSender sender, MailRows.Due mail, String address) throws MessagingException {
        MimeMessage message = sender.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(message, "UTF-8");
        helper.setFrom(from);
        helper.setTo(address);
        helper.setSubject(text.subject(mail.meeting(), mail.kind()));
        helper.setText(text.body(mail.meeting(), mail.kind()));
        message.setHeader("Message-ID", "<cab-mail-" + mail.id() + "@gatehouse>");
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }
}
