package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A signed message counts as it was signed, and in no other way. */
class AlteredCallbacksTests {

    private static final int ALTERATIONS = 100_000;
    private static final long SEED = 20260501;
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static final WebhookSecret SECRET = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    /** As it arrives: id, time, signatures and body, each as bytes. */
    private record Message(List<byte[]> parts) {

        boolean isAccepted() {
            return SECRET.verifies(text(0), text(1), text(2), parts.get(3), NOW);
        }

        /** Tomcat reads headers as ISO 8859-1. */
        private String text(int part) {
            return new String(parts.get(part), StandardCharsets.ISO_8859_1);
        }

        Message with(int part, byte[] bytes) {
            byte[][] changed = parts.toArray(byte[][]::new);
            changed[part] = bytes;
            return new Message(List.of(changed));
        }

        /** Only another signature beside the right one is no alteration: the header is a list. */
        boolean differsFrom(Message other) {
            return !Arrays.equals(parts.get(0), other.parts.get(0))
                    || !Arrays.equals(parts.get(1), other.parts.get(1))
                    || !Arrays.equals(parts.get(3), other.parts.get(3))
                    || !List.of(text(2).split(" ")).contains(other.text(2));
        }
    }

    private final Random random = new Random(SEED);
    private final Message signed = signed("{\"key\": \"ROL-000001/1/RUN/1\", \"state\": \"SUCCEEDED\"}");

    @Test
    void areAcceptedUnaltered() {
        assertThat(signed.isAccepted()).isTrue();
    }

    @Test
    void areRefusedWithAnySingleBitFlipped() {
        for (int part = 0; part < 4; part++) {
            for (int bit = 0; bit < signed.parts().get(part).length * 8; bit++) {
                byte[] flipped = signed.parts().get(part).clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(signed.with(part, flipped).isAccepted())
                        .as("part %s, bit %s", part, bit)
                        .isFalse();
            }
        }
    }

    @Test
    void areRefusedHoweverTheyAreAltered() {
        int tried = 0;
        while (tried < ALTERATIONS) {
            Message altered = altered();
            if (altered.differsFrom(signed)) {
                tried++;
                assertThat(altered.isAccepted())
                        .as("seed %s, alteration %s", SEED, tried)
                        .isFalse();
            }
        }
    }

    @Test
    void areRefusedWhenIdAndTimeAreCutElsewhere() {
        Message dotted = signed("1777629600.{}");

        assertThat(dotted.isAccepted()).isTrue();
        assertThat(dotted.with(0, bytes("msg_1.1777629600"))
                        .with(1, bytes("1777629600"))
                        .with(3, bytes("{}"))
                        .isAccepted())
                .isFalse();
    }

    private Message altered() {
        Message altered = signed;
        int edits = 1 + random.nextInt(3);
        for (int i = 0; i < edits; i++) {
            int part = random.nextInt(4);
            altered = altered.with(part, edited(altered.parts().get(part), altered));
        }
        return altered;
    }

    /** Replaced, inserted, deleted, cut, swapped with another part, doubled. */
    private byte[] edited(byte[] bytes, Message message) {
        int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        byte[] one = {(byte) random.nextInt(256)};
        return switch (random.nextInt(6)) {
            case 0 -> joined(Arrays.copyOf(bytes, at), one, rest(bytes, at + 1));
            case 1 -> joined(Arrays.copyOf(bytes, at), one, rest(bytes, at));
            case 2 -> joined(Arrays.copyOf(bytes, at), rest(bytes, at + 1));
            case 3 -> Arrays.copyOf(bytes, at);
            case 4 -> message.parts().get(random.nextInt(4));
            default -> joined(bytes, bytes);
        };
    }

    private static byte[] rest(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, Math.min(from, bytes.length), bytes.length);
    }

    private static byte[] joined(byte[]... parts) {
        byte[] all = new byte[0];
        for (byte[] part : parts) {
            int length = all.length;
            all = Arrays.copyOf(all, length + part.length);
            System.arraycopy(part, 0, all, length, part.length);
        }
        return all;
    }

    private static Message signed(String body) {
        return new Message(List.of(
                bytes("msg_1"),
                bytes(Long.toString(NOW.getEpochSecond())),
                bytes(SECRET.sign("msg_1", NOW, bytes(body))),
                bytes(body)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
