package io.gatehouse.secret;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the keys are, {@code gatehouse.secrets.*}.
 *
 * @param keys keys as {@code id:base64 of 32 bytes}; the first encrypts, all decrypt
 * @param keyFile a file with one such key a line, which come before the others; none when empty
 */
@ConfigurationProperties("gatehouse.secrets")
record SecretProperties(@DefaultValue List<String> keys, @DefaultValue("") String keyFile) {

    @Override
    public String toString() {
        return "SecretProperties";
    }
}
