package io.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/** Nothing is left out in silence: a machine that lacks something says so, and in CI it fails. */
class MissingResourcesTests {

    private static final String REASON = "There is no MySQL here.";
    private static final Supplier<String> MISSING = () -> {
        throw new ResourceUnavailableException(REASON);
    };

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private MissingResources run(@Nullable String ci) {
        return new MissingResources(ci, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @Test
    void isAFailureInCi() {
        MissingResources run = run("true");

        assertThatThrownBy(() -> run.require("FirstTests", MISSING))
                .isInstanceOf(ResourceUnavailableException.class)
                .hasMessage(REASON);
        run.close();

        assertThat(printed.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "false"})
    void isOneSentenceForEachReasonElsewhere(String ci) {
        MissingResources run = run(ci);

        aborted(run, "SecondTests", MISSING);
        aborted(run, "FirstTests", MISSING);
        aborted(run, "SecondTests", MISSING);
        aborted(run, "FirstTests", () -> {
            throw new ResourceUnavailableException("There is no browser here.");
        });
        assertThat(printed.size()).as("only after the last test").isZero();
        run.close();

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "NOT TESTED: There is no MySQL here. Left out: FirstTests, SecondTests",
                        "NOT TESTED: There is no browser here. Left out: FirstTests");
    }

    @Test
    void isNothingToSayWhereNothingIsMissing() {
        MissingResources run = run(null);

        assertThat(run.require("FirstTests", () -> "a database")).isEqualTo("a database");
        run.close();

        assertThat(printed.size()).isZero();
    }

    @Test
    void isNotHiddenBehindAnotherFailure() {
        assertThatThrownBy(() -> run(null).require("FirstTests", () -> {
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isAFailureWhereTheProjectRunsItsTests() throws IOException {
        assertThat(Files.readString(Path.of(".ci/run"))).contains("\nexport CI=true\n", "\nmvn -ntp -B verify");
    }

    private static void aborted(MissingResources run, String testClass, Supplier<String> resource) {
        assertThatThrownBy(() -> run.require(testClass, resource)).isInstanceOf(TestAbortedException.class);
    }
}
