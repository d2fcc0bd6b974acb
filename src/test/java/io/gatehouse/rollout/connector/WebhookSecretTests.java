package io.gatehouse.rollout.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTests {

    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    /** The example of the specification, so that others' libraries and ours agree. */
    private static final WebhookSecret SECRET = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant AT = Instant.ofEpochSecond(1614265330);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void signsTheExampleOfTheSpecification() {
        assertThat(SECRET.sign(ID, AT, BODY)).isEqualTo(SIGNATURE);
    }

    @ParameterizedTest
    @CsvSource({"-300, true", "0, true", "300, true", "-301, false", "301, false"})
    void acceptsMessagesOfTheLastAndNextFiveMinutes(long secondsLater, boolean accepted) {
        assertThat(SECRET.verifies(ID, "1614265330", SIGNATURE, BODY, AT.plusSeconds(secondsLater)))
                .isEqualTo(accepted);
    }

    @Test
    void acceptsOneOfSeveralSignatures() {
        assertThat(SECRET.verifies(ID, "1614265330", "v1,AAAA v2,BBBB " + SIGNATURE, BODY, AT))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1,", "v1,not base64!", "v1,AAAA", "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="})
    void refusesOtherSignatures(String signature) {
        assertThat(SECRET.verifies(ID, "1614265330", signature, BODY, AT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1614265330 ", "99999999999999999999"})
    void refusesTimestampsThatAreNone(String timestamp) {
        assertThat(SECRET.verifies(ID, timestamp, SIGNATURE, BODY, AT)).isFalse();
    }

    @Test
    void refusesAnotherBodyIdOrTime() {
        byte[] altered = "{\"test\": 2432232315}".getBytes(StandardCharsets.UTF_8);

        assertThat(SECRET.verifies(ID, "1614265330", SIGNATURE, altered, AT)).isFalse();
        assertThat(SECRET.verifies(ID + "x", "1614265330", SIGNATURE, BODY, AT)).isFalse();
        assertThat(SECRET.verifies(ID, "1614265331", SIGNATURE, BODY, AT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "whsec_c2hvcnQ=", "whsec_%%%", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    void refusesSecretsThatAreNoneOrTooShort(String secret) {
        assertThatThrownBy(() -> WebhookSecret.parse(secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A webhook secret must be");
    }
}
