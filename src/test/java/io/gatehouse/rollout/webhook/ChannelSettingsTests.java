package io.gatehouse.rollout.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.api.StartRefused;
import io.gatehouse.mail.ChannelSource;
import io.gatehouse.rollout.RolloutProperties;
import io.gatehouse.rollout.http.ToolApis;
import io.gatehouse.secret.SecretUses;
import io.gatehouse.secret.StoredSecrets;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.time.Clock;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What an operator writes about channels, and what that makes of the start. */
@ProcessTest
@OnH2
class ChannelSettingsTests {

    private static final String ROOM = "gatehouse.communication.channels.ops-room.";

    @Autowired
    private StoredSecrets secrets;

    @Autowired
    private RolloutProperties rollout;

    private ApplicationContextRunner start(String... settings) {
        return new ApplicationContextRunner()
                .withBean(StoredSecrets.class, () -> secrets)
                .withBean(RolloutProperties.class, () -> rollout)
                .withBean(Clock.class, Clock::systemUTC)
                .withUserConfiguration(ToolApis.class, WebhookChannels.class)
                .withPropertyValues("gatehouse.outbound.hosts=chat.example.com:443")
                .withPropertyValues(settings);
    }

    @Test
    void areThereByTheirNamesWithTheSecretsTheyUse() {
        start(ROOM + "url=https://chat.example.com/hooks/1", ROOM + "secret=stored:chat")
                .run(context -> {
                    assertThat(context.getBean(ChannelSource.class).channels())
                            .extracting(channel -> channel.name())
                            .containsExactly("ops-room");
                    assertThat(context.getBean(SecretUses.class).uses())
                            .containsExactly(new SecretUses.Use("chat", "channel:ops-room"));
                });
    }

    @Test
    void areNoneIfNothingIsWritten() {
        start().run(context ->
                assertThat(context.getBean(ChannelSource.class).channels()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret=stored:chat | url: it is missing; write it as https://chat.example.com/hooks/releases",
                "url=https://chat.example.com/hooks/1 | secret: it is missing; write it as stored:chat-signing",
                "url=https://other.example.com/;secret=stored:chat | url: add other.example.com:443 to"
                        + " gatehouse.outbound.hosts if it may be called",
                "url=https://chat.example.com/a b;secret=stored:chat | url: write its address as",
                "url=https://chat.example.com/hooks/1;secret=letmein | secret: A webhook secret must be whsec_"
            })
    void keepGatehouseFromStartingIfTheyCannotWork(String settings, String said) {
        String[] written = Arrays.stream(settings.split(";"))
                .map(setting -> ROOM + setting)
                .toArray(String[]::new);

        start(written).run(context -> assertThat(context)
                .hasFailed()
                .getFailure()
                .rootCause()
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith(ROOM + said)
                .hasMessageNotContaining("letmein"));
    }
}
