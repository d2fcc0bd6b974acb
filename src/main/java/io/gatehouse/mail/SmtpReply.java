package io.gatehouse.mail;

import jakarta.mail.MessagingException;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailSendException;

/** Why a mail was not taken, without the text of the failure, which may hold an address. */
final class SmtpReply {

    private SmtpReply() {}

    /** As {@code MailSendException, SMTP 550}; without a code if the server did not answer. */
    static String of(Exception failure) {
        return failure.getClass().getSimpleName()
                + code(failure).map(code -> ", SMTP " + code).orElse("");
    }

    private static Optional<Integer> code(Exception failure) {
        if (failure instanceof MailSendException several) {
            for (Exception one : several.getMessageExceptions()) {
                Optional<Integer> code = codeWithin(one);
                if (code.isPresent()) {
                    return code;
                }
            }
        }
        return codeWithin(failure);
    }

    /** Of the innermost, which is about the address and not about the mail. */
    private static Optional<Integer> codeWithin(Exception failure) {
        Optional<Integer> code = Optional.empty();
        for (Exception one = failure; one != null; one = next(one)) {
            int own = one instanceof SMTPAddressFailedException address
                    ? address.getReturnCode()
                    : one instanceof SMTPSendFailedException mail
                            ? mail.getReturnCode()
                            : one instanceof SMTPSenderFailedException sender ? sender.getReturnCode() : 0;
            code = own > 0 ? Optional.of(own) : code;
        }
        return code;
    }

    private static @Nullable Exception next(Exception failure) {
        return failure instanceof MessagingException chained ? chained.getNextException() : null;
    }
}
