package io.gatehouse.audit;

import io.gatehouse.api.StartRefused;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where checkpoints are written to and by which key. */
@Configuration
@EnableConfigurationProperties(CheckpointProperties.class)
class CheckpointConfiguration {

    @Bean
    CheckpointRound auditCheckpointsHealthIndicator(CheckpointRows rows, CheckpointProperties properties, Clock clock) {
        Optional<CheckpointWebhook> webhook = properties.webhook().isBlank()
                ? Optional.empty()
                : Optional.of(new CheckpointWebhook(address(properties.webhook()), clock));
        return new CheckpointRound(
                rows,
                new CheckpointKeys(properties),
                new CheckpointFile(Path.of(properties.file())),
                webhook,
                properties,
                clock);
    }

    /** Its receiver must be the one that was meant, so it is asked by TLS unless it is on this very machine. */
    static URI address(String text) {
        try {
            URI address = URI.create(text);
            boolean safe = "https".equals(address.getScheme())
                    || "http".equals(address.getScheme())
                            && ("127.0.0.1".equals(address.getHost()) || "localhost".equals(address.getHost()));
            if (safe && address.getHost() != null && address.getUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Refused below, like every other one that will not do.
        }
        throw new StartRefused(
                "GATEHOUSE_CHECKPOINT_WEBHOOK must be an https address without a name or password in it.");
    }
}
