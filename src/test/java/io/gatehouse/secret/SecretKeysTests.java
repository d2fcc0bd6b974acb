package io.gatehouse.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SecretKeysTests {

    private static final String GOOD = base64("0123456789abcdef0123456789abcdef");
    private static final String OTHER = base64("0123456789abcdef0123456789abcdeg");

    @TempDir
    private Path directory;

    private static String base64(String bytes) {
        return Base64.getEncoder().encodeToString(bytes.getBytes(StandardCharsets.UTF_8));
    }

    private static SecretKeys keys(String file, String... entries) {
        return SecretConfiguration.keys(new SecretProperties(List.of(entries), file), false);
    }

    @Test
    void encryptWithTheFirstOfThem() {
        SecretKeys keys = keys("", "2027:" + GOOD, " 2026:" + OTHER + " ", "");

        assertThat(keys.first()).contains("2027");
        assertThat(keys.ids()).containsExactly("2027", "2026");
    }

    @Test
    void mayBeNone() {
        assertThat(keys("", "").first()).isEmpty();
        assertThat(keys("").first()).isEmpty();
    }

    @Test
    void comeFromAFileBeforeTheOthers() throws Exception {
        Path file = Files.writeString(directory.resolve("keys"), "# of 2027\nk2:" + GOOD + "\n\n");

        assertThat(keys(file.toString(), "k1:" + OTHER).ids()).containsExactly("k2", "k1");
    }

    static Stream<Arguments> bad() {
        byte[] same = new byte[32];
        Arrays.fill(same, (byte) 7);
        return Stream.of(
                Arguments.of(List.of("k1:" + base64("too short")), "the key 'k1' has 9 bytes and not 32"),
                Arguments.of(List.of("k1:" + base64("x".repeat(33))), "the key 'k1' has 33 bytes and not 32"),
                Arguments.of(List.of("k1:"), "the key 'k1' has 0 bytes and not 32"),
                Arguments.of(List.of("k1:not base64!"), "the key 'k1' is not base64"),
                Arguments.of(List.of("k1:" + Base64.getEncoder().encodeToString(same)), "are all the same"),
                Arguments.of(List.of("k1:" + GOOD, "k1:" + OTHER), "two keys have the id 'k1'"),
                Arguments.of(List.of("k1:" + GOOD, "k2:" + GOOD), "the keys 'k1' and 'k2' are the same"),
                Arguments.of(List.of("k1:" + GOOD, OTHER), "key 2 must be written <id>:<base64>"),
                Arguments.of(List.of("a b:" + GOOD), "key 1 must be written <id>:<base64>"),
                Arguments.of(List.of("k1:" + base64(SecretKeys.WELL_KNOWN)), "which everybody knows"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void keepGatehouseFromStartingWhenTheyAreBad(List<String> entries, String reason) {
        assertThatThrownBy(() -> keys("", entries.toArray(String[]::new)))
                .hasMessageStartingWith("GATEHOUSE_SECRET_KEYS: ")
                .hasMessageContaining(reason)
                .hasMessageNotContainingAny(GOOD, OTHER, "not base64!", "too short")
                .hasMessageNotContaining("\n")
                .hasNoCause();
    }

    @Test
    void keepGatehouseFromStartingWhenTheirFileIsMissing() {
        assertThatThrownBy(() -> keys(directory.resolve("none").toString()))
                .hasMessageContaining("GATEHOUSE_SECRET_KEY_FILE cannot be read");
    }

    @Test
    void areInNoText() {
        assertThat(new SecretProperties(List.of("k1:" + GOOD), "").toString()).doesNotContain(GOOD);
    }
}
