package io.gatehouse.rollout.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.mail.Channel;
import io.gatehouse.mail.Letter;
import io.gatehouse.rollout.http.ToolDouble.Told;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Posts to a real HTTP server on the loopback address. */
class WebhookChannelTests {

    private static final Letter LETTER = new Letter("REL-2026-001 started", "Gazpacho \"quoted\" & grün");

    private final ChatRoom room =
            new ChatRoom("releases", Clock.fixed(Instant.parse("2026-05-01T10:00:00Z"), ZoneOffset.UTC));

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void isSignedAndShowsSubjectAndText() throws Exception {
        room.channel().post("mail-17", LETTER);

        assertThat(room.refused).isEmpty();
        assertThat(room.shown()).containsOnlyKeys("mail-17");
        assertThat(room.shown().get("mail-17").toString())
                .isEqualTo("{\"id\":\"mail-17\",\"subject\":\"REL-2026-001 started\","
                        + "\"text\":\"REL-2026-001 started\\n\\nGazpacho \\\"quoted\\\" & grün\"}");
    }

    @Test
    void isShownOnceHoweverOftenItIsPosted() throws Exception {
        room.channel().post("mail-17", LETTER);
        room.channel().post("mail-17", LETTER);

        assertThat(room.asked).hasSize(2);
        assertThat(room.shown()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 400, 404, 410, 429, 500, 503})
    void hasToBeTriedAgainIfItIsNotTaken(int status) {
        room.trouble.add(Told.of(status, "hooks/s3cret").with("Location", room.url("/elsewhere")));

        assertThatThrownBy(() -> room.channel().post("mail-17", LETTER))
                .isInstanceOf(Channel.NotPosted.class)
                .hasMessage("HTTP " + status);
        assertThat(room.asked).as("no redirect is followed").hasSize(1);
    }

    @Test
    void saysThatNobodyIsThere() {
        room.close();

        assertThatThrownBy(() -> room.channel().post("mail-17", LETTER))
                .isInstanceOf(Channel.NotPosted.class)
                .hasMessage("not reached");
    }

    @Test
    void waitsForNobodyWhoSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Channel channel = ChatRoom.channelAt("http://127.0.0.1:" + silent.getLocalPort() + "/rooms/releases");

            assertThatThrownBy(() -> channel.post("mail-17", LETTER))
                    .isInstanceOf(Channel.NotPosted.class)
                    .hasMessageNotContaining("rooms");
        }
    }

    @Test
    void reachesNothingInsideThatTheOperatorHasNotNamed() {
        assertThatThrownBy(() ->
                        room.channel(ChatRoom.SECRET, List.of("10.0.0.0/8")).post("mail-17", LETTER))
                .isInstanceOf(Channel.NotPosted.class)
                .hasMessage("not reached")
                .cause()
                .hasMessageContaining("which is in no network of gatehouse.outbound.networks");
        assertThat(room.asked).isEmpty();
    }

    @Test
    void postsNothingUnsigned() {
        assertThatThrownBy(() ->
                        room.channel("whsec_short", List.of("127.0.0.0/8")).post("mail-17", LETTER))
                .isInstanceOf(Channel.NotPosted.class)
                .hasMessage("its secret cannot be used")
                .hasMessageNotContaining("whsec_");
        assertThat(room.asked).isEmpty();
    }
}
