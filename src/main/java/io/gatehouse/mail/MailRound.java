package io.gatehouse.mail;

import io.gatehouse.access.People;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends the mails that are due and posts to channels, outside of any transaction: with growing pauses, until it gives up. A
 * node that is killed between sending and writing that down has it sent again, with the same {@code Message-ID} or id.
 */
@Component
class MailRound {

    private static final Logger log = LoggerFactory.getLogger(MailRound.class);
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);
    private static final int MANY = 20;

    private final MailRows rows;
    private final List<LetterWriter> writers;
    private final People people;
    private final ObjectProvider<JavaMailSender> senders;
    private final Channels channels;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final String from;

    MailRound(
            MailRows rows,
            List<LetterWriter> writers,
            People people,
            ObjectProvider<JavaMailSender> senders,
            Channels channels,
            TransactionTemplate transaction,
            Clock clock,
            @Value("${gatehouse.mail.from:gatehouse@localhost}") String from) {
        this.rows = rows;
        this.writers = List.copyOf(writers);
        this.people = people;
        this.senders = senders;
        this.channels = channels;
        this.transaction = transaction;
        this.clock = clock;
        this.from = from;
    }

    @Scheduled(initialDelayString = "PT30S", fixedDelayString = "PT30S")
    void send() {
        JavaMailSender sender = senders.getIfAvailable();
        if (sender != null || !channels.names().isEmpty()) {
            send(sender);
        }
    }

    /**
     * One round; how many were sent.
     *
     * @param sender absent if there is no mail server: then mails wait
     */
    int send(@Nullable JavaMailSender sender) {
        Set<Recipient.Kind> kinds =
                sender == null ? EnumSet.of(Recipient.Kind.CHANNEL) : EnumSet.allOf(Recipient.Kind.class);
        int sent = 0;
        boolean handedOn;
        do {
            List<MailRows.Due> due = Objects.requireNonNull(
                    transaction.execute(status -> rows.take(kinds, clock.instant(), LEASE, MANY)));
            handedOn = false;
            for (MailRows.Due mail : due) {
                switch (mail.recipient().kind()) {
                    case GROUP -> handedOn |= handOn(mail);
                    case CHANNEL -> sent += post(mail) ? 1 : 0;
                    case PERSON, ADDRESS -> sent += send(Objects.requireNonNull(sender), mail) ? 1 : 0;
                }
            }
        } while (handedOn);
        return sent;
    }

    /** Who is in a group is asked outside of a transaction, as addresses are: somebody else may keep them. */
    private boolean handOn(MailRows.Due mail) {
        Set<String> members = people.membersOf(mail.recipient().name());
        if (members.isEmpty()) {
            fail(mail, "nobody is in " + mail.recipient().name());
            return false;
        }
        try {
            transaction.executeWithoutResult(status -> rows.handOn(mail, members, clock.instant()));
        } catch (DuplicateKeyException another) {
            transaction.executeWithoutResult(status -> rows.later(mail, clock.instant(), "another node was faster"));
        }
        return true;
    }

    private boolean send(JavaMailSender sender, MailRows.Due mail) {
        Optional<String> address = addressOf(mail.recipient());
        if (address.isEmpty()) {
            fail(mail, mail.recipient().name() + " has no address");
            return false;
        }
        try {
            sender.send(message(sender, mail, address.get()));
            transaction.executeWithoutResult(status -> rows.sent(mail, clock.instant()));
            return true;
        } catch (MailException | MessagingException e) {
            log.warn("Mail {}, {} of {}, was not sent, try {}", mail.id(), mail.kind(), mail.about(), mail.tries(), e);
            transaction.executeWithoutResult(status -> postpone(mail, SmtpReply.of(e)));
            return false;
        }
    }

    private boolean post(MailRows.Due mail) {
        try {
            String name = mail.recipient().name();
            Channel channel = channels.find(name)
                    .orElseThrow(() -> new Channel.NotPosted("there is no channel " + name + " any more", null));
            channel.post("mail-" + mail.id(), letter(mail));
            transaction.executeWithoutResult(status -> rows.sent(mail, clock.instant()));
            return true;
        } catch (Channel.NotPosted e) {
            String trouble = String.valueOf(e.getMessage());
            log.warn(
                    "Mail {}, {} of {}, was not posted, try {}: {}, {}",
                    mail.id(),
                    mail.kind(),
                    mail.about(),
                    mail.tries(),
                    trouble,
                    String.valueOf(e.getCause()));
            transaction.executeWithoutResult(status -> postpone(mail, trouble));
            return false;
        }
    }

    private Optional<String> addressOf(Recipient recipient) {
        return recipient.kind() == Recipient.Kind.ADDRESS
                ? Optional.of(recipient.name())
                : people.addressOf(recipient.name());
    }

    private void fail(MailRows.Due mail, String trouble) {
        transaction.executeWithoutResult(status -> rows.failed(mail, trouble));
    }

    private void postpone(MailRows.Due mail, String trouble) {
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
        Letter letter = letter(mail);
        helper.setSubject(letter.subject());
        helper.setText(letter.text());
        message.setHeader("Message-ID", "<mail-" + mail.id() + "@gatehouse>");
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private Letter letter(MailRows.Due mail) {
        return writers.stream()
                .filter(writer -> writer.writes(mail.kind()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nobody writes mails of the kind " + mail.kind()))
                .write(mail.kind(), mail.about());
    }
}
