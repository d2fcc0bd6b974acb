package io.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.api.StartRefused;
import io.gatehouse.audit.verify.AuditVerifierRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointKeyTests {

    /** Made by {@code openssl genpkey -algorithm ed25519}; the public half by {@code openssl pkey -pubout}. */
    private static final String PEM =
            """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIB9OD1G7I95VyOO65vgpDy0nTtSc8s3rD23NskfhSF7Q
            -----END PRIVATE KEY-----
            """;

    private static final String PUBLIC =
            """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEA7LDzX9O8VCUhuKia/1kdI4fimRqfg61gaTEOYBTtPbY=
            -----END PUBLIC KEY-----
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {PEM, "MC4CAQAwBQYDK2VwBCIEIB9OD1G7I95VyOO65vgpDy0nTtSc8s3rD23NskfhSF7Q"})
    void readsWhatOpensslWrites(String written) throws IOException, GeneralSecurityException {
        CheckpointKey key = CheckpointKey.parse(written);
        Path publicHalf = Files.writeString(folder.resolve("pub"), PUBLIC);

        assertThat(key.openPem()).isEqualTo(PUBLIC);
        assertThat(AuditVerifierRun.isSigned(publicHalf, "text", "v1a," + key.sign("text")))
                .isTrue();
        assertThat(AuditVerifierRun.isSigned(publicHalf, "another", "v1a," + key.sign("text")))
                .isFalse();
    }

    @Test
    void refusesAnotherKindOfKeyWithoutShowingIt() throws GeneralSecurityException {
        KeyPairGenerator small = KeyPairGenerator.getInstance("RSA");
        small.initialize(512);
        String rsa = Base64.getEncoder()
                .encodeToString(small.generateKeyPair().getPrivate().getEncoded());

        for (String wrong : new String[] {rsa, "secret words", PUBLIC}) {
            assertThatThrownBy(() -> new CheckpointKeys(properties(wrong, "")))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("it is not a private Ed25519 key")
                    .hasMessageContaining("openssl genpkey")
                    .hasMessageNotContaining(wrong)
                    .hasNoCause();
        }
    }

    @Test
    void refusesAFileThatIsNotThere() {
        String missing = folder.resolve("missing.pem").toString();

        assertThatThrownBy(() -> new CheckpointKeys(properties("", missing)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(missing);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "ftp://127.0.0.1/",
                "https:///path",
                "https://me:secret@example.com/",
                "::"
            })
    void refusesAReceiverThatCouldBeAnother(String address) {
        assertThatThrownBy(() -> CheckpointConfiguration.address(address)).isInstanceOf(StartRefused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/hook", "http://127.0.0.1:8080/", "http://localhost/"})
    void takesAReceiverByTlsOrOnThisMachine(String address) {
        assertThat(CheckpointConfiguration.address(address)).hasToString(address);
    }

    private static CheckpointProperties properties(String key, String file) {
        return new CheckpointProperties(Duration.ofMinutes(5), "unused", key, file, false, "", "");
    }
}
