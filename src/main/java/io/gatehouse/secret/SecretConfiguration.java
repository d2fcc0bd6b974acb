package io.gatehouse.secret;

import io.gatehouse.api.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Gets the keys from where the operator keeps them, and refuses to start with bad ones. */
@Configuration
@EnableConfigurationProperties(SecretProperties.class)
class SecretConfiguration {

    @Bean
    SecretCipher secretCipher(SecretProperties properties, Environment environment) {
        return new SecretCipher(keys(properties, environment.acceptsProfiles(Profiles.of("sample"))));
    }

    static SecretKeys keys(SecretProperties properties, boolean evaluation) {
        try {
            List<String> entries = Stream.concat(inFile(properties.keyFile()), properties.keys().stream())
                    .toList();
            return SecretKeys.parse(entries, evaluation);
        } catch (IllegalArgumentException bad) {
            throw new StartRefused("GATEHOUSE_SECRET_KEYS: " + bad.getMessage() + ".");
        }
    }

    private static Stream<String> inFile(String file) {
        if (file.isBlank()) {
            return Stream.of();
        }
        try {
            return Files.readAllLines(Path.of(file)).stream().filter(line -> !line.startsWith("#"));
        } catch (IOException e) {
            throw new IllegalArgumentException("the file of GATEHOUSE_SECRET_KEY_FILE cannot be read: " + e);
        }
    }
}
