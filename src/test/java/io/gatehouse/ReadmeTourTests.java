package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.RunningSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Pastes every {@code bash} block of README.md into one shell, against the product with its sample organisation. */
@RunningSample
class ReadmeTourTests {

    private static final Pattern BLOCK = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

    @LocalServerPort
    private int port;

    @TempDir
    private Path folder;

    @Test
    void endsWithAClosedChangeWhosePeopleAndRulesAreOnRecord() throws Exception {
        String said = run(tour());

        assertThat(said).contains("\"state\":\"CLOSED\"", "\"ruleIds\":", "\"seat\":\"cab-member\"");
    }

    private String tour() throws IOException {
        String blocks = BLOCK.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .collect(Collectors.joining("\n"));
        assertThat(blocks).contains("localhost:8080");
        return "set -euo pipefail\n" + blocks.replace("localhost:8080", "127.0.0.1:" + port);
    }

    private String run(String script) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("tour.sh"), script);
        Path output = folder.resolve("output");
        Process shell = new ProcessBuilder("bash", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = shell.waitFor(120, TimeUnit.SECONDS);
        shell.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended).as("The tour ends in time; it said:%n%s", said).isTrue();
        assertThat(shell.exitValue()).as("%s", said).isZero();
        return said;
    }
}
