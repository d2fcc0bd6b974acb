package io.gatehouse.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class SmtpReplyTests {

    @Test
    void isTheCodeOfTheServerWithoutWhatItSays() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread refusing = new Thread(() -> refuse(server));
            refusing.setDaemon(true);
            refusing.start();
            JavaMailSenderImpl sender = new JavaMailSenderImpl();
            sender.setHost("127.0.0.1");
            sender.setPort(server.getLocalPort());
            SimpleMailMessage mail = new SimpleMailMessage();
            mail.setFrom("gatehouse@example.org");
            mail.setTo("nobody@example.org");
            mail.setText("Anybody?");

            Throwable failure = catchThrowable(() -> sender.send(mail));

            assertThat(failure).isInstanceOf(Exception.class).hasMessageContaining("nobody@example.org");
            assertThat(SmtpReply.of((Exception) failure)).isEqualTo("MailSendException, SMTP 550");
        }
    }

    /** Takes the sender, and no recipient. */
    private static void refuse(ServerSocket server) {
        try (Socket client = server.accept();
                BufferedReader said =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            answer(client, "220 ready");
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                answer(client, line.startsWith("RCPT") ? "550 nobody@example.org is unknown here" : "250 fine");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void isOnlyTheKindOfFailureWhereTheServerSaidNothing() {
        assertThat(SmtpReply.of(new IllegalStateException("to nobody@example.org")))
                .isEqualTo("IllegalStateException");
    }
}
