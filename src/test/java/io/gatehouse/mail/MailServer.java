package io.gatehouse.mail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.gatehouse.access.People;
import io.gatehouse.testing.InsideTheEngine;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionTemplate;

/** A real SMTP server in this process, which the application uses while this is open. */
public final class MailServer implements AutoCloseable {

    private static final String BEAN = "senderOfTheTest";

    private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();
    private final ApplicationContext context;
    private final MailRound round;

    private MailServer(ApplicationContext context) {
        this.context = context;
        server.start();
        sender.setHost("127.0.0.1");
        sender.setPort(server.getSmtp().getPort());
        beans().registerSingleton(BEAN, sender);
        round = new MailRound(
                context.getBean(MailRows.class),
                context.getBeanProvider(LetterWriter.class).stream().toList(),
                context.getBean(People.class),
                context.getBeanProvider(JavaMailSender.class),
                context.getBean(Channels.class),
                context.getBean(TransactionTemplate.class),
                context.getBean(Clock.class),
                "gatehouse@example.org");
    }

    /** As if the application had been started with a mail server. */
    public static MailServer of(ApplicationContext context) {
        return new MailServer(context);
    }

    private DefaultListableBeanFactory beans() {
        return (DefaultListableBeanFactory) context.getAutowireCapableBeanFactory();
    }

    /** Sends what is due; how many were sent. */
    public int send() {
        return round.send(sender);
    }

    /** Sends what is due as an application without a mail server does. */
    public int sendWithoutMail() {
        return round.send(null);
    }

    /** Takes what is due, as another node would that dies with it; how many that are. */
    public int take() {
        MailRows rows = context.getBean(MailRows.class);
        Clock clock = context.getBean(Clock.class);
        return context.getBean(TransactionTemplate.class)
                .execute(status ->
                        rows.take(EnumSet.allOf(Recipient.Kind.class), clock.instant(), Duration.ofMinutes(10), 20))
                .size();
    }

    /** It is there no longer, while the application goes on. */
    public void stop() {
        server.stop();
    }

    public List<MimeMessage> received() {
        return List.of(server.getReceivedMessages());
    }

    /** Gives somebody an address. */
    public void address(String person, String address) {
        IdentityService identities = context.getBean(IdentityService.class);
        User user = identities.createUserQuery().userId(person).singleResult();
        user.setEmail(address);
        InsideTheEngine.run(identities, () -> identities.saveUser(user));
    }

    @Override
    public void close() {
        server.stop();
        beans().destroySingleton(BEAN);
        context.getBean(JdbcTemplate.class).update("delete from mail_outbox");
    }
}
