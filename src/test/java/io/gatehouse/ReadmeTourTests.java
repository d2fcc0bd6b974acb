package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.NeedsAnsible;
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

/** Pastes the commands that people are told to paste into one shell, against the product with its sample organisation. */
@RunningSample
@NeedsAnsible
class ReadmeTourTests {

    private static final Pattern IN_MARKDOWN = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
    private static final Pattern IN_GUIDE = Pattern.compile("\\[source,bash]\n----\n(.*?)\n----", Pattern.DOTALL);

    /** A line of the list of what the sample organisation has raised. */
    private static final Pattern SAMPLE =
            Pattern.compile("\"number\":\"(CHG-\\d+)\"\t\"state\":\"([A-Z]+)\"\t\"title\":\"Release [^\"]+\"");

    private static final Pattern RELEASE =
            Pattern.compile("\"number\":\"REL-[^\"]+\",\"state\":\"([A-Z]+)\",\"name\":\"[^\"]+\"");

    private static final Pattern RUNNING = Pattern.compile("Now running: .*");

    @LocalServerPort
    private int port;

    @TempDir
    private Path folder;

    @Test
    void showsThe25RequestsAndEndsWithAClosedChangeOnRecordAndABrokenReleaseUndone() throws Exception {
        String said = run(blocks(IN_MARKDOWN, "README.md"));

        assertThat(SAMPLE.matcher(said).results().map(listed -> listed.group(1)))
                .as("the requests of the sample")
                .hasSize(25)
                .doesNotHaveDuplicates();
        assertThat(SAMPLE.matcher(said).results().filter(listed -> listed.group(2)
                        .equals("CLOSED")))
                .as("those that have gone all the way")
                .hasSize(22);
        assertThat(RELEASE.matcher(said).results().map(listed -> listed.group(1)))
                .as("the releases of its train")
                .hasSize(40)
                .contains("PLANNED", "TESTING", "DECIDING", "CLOSED");
        assertThat(said).contains("\"state\":\"CLOSED\"", "\"ruleIds\":", "\"seat\":\"cab-member\"");
        assertThat(RUNNING.matcher(said).results().map(MatchResult::group))
                .as("after a good release and after a broken one, which the steps say is undone")
                .containsExactly("Now running: 1.1.0", "Now running: 1.1.0");
        assertThat(said).contains("\"state\":\"UNDONE\"", "\"state\":\"FAILED\"");
    }

    /** What is longer is not read; it has its place under docs. */
    @Test
    void isNoLongerThan150Lines() throws Exception {
        assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(150);
    }

    @Test
    void takesAReleaseFromItsPackageIntoProduction() throws Exception {
        String readme = blocks(IN_MARKDOWN, "README.md");
        String helpers = readme.substring(0, readme.indexOf("as rita"));
        String release = Files.readString(Path.of("docs/tour/release.md"));

        String said = run(helpers
                + IN_MARKDOWN
                        .matcher(release)
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.joining("\n")));

        assertThat(said).contains("\"outcome\":\"GO\"", "stage-trial", "99 of 100 cases passed");
    }

    @Test
    void letsAPipelineMakeAStandardChangeAsTheGuideShows() throws Exception {
        String said = run(blocks(IN_GUIDE, "src/docs/asciidoc/lifecycle.adoc"));

        assertThat(said).contains("\"state\":\"IMPLEMENT\"", "\"closeCode\":\"SUCCESSFUL\"");
    }

    private String blocks(Pattern block, String document) throws IOException {
        String blocks = block.matcher(Files.readString(Path.of(document)))
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.joining("\n"));
        assertThat(blocks).contains("localhost:8080");
        return "set -euo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n"
                + blocks.replace("localhost:8080", "127.0.0.1:" + port);
    }

    /** With windows that open sooner: whoever follows the tour reads on meanwhile, and here nobody does. */
    private String run(String script) throws IOException, InterruptedException {
        Path file =
                Files.writeString(folder.resolve("tour.sh"), script.replaceAll("\\binSeconds [23]0\\b", "inSeconds 4"));
        Path output = folder.resolve("output");
        Process shell = new ProcessBuilder("bash", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = shell.waitFor(240, TimeUnit.SECONDS);
        shell.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended).as("The tour ends in time; it said:%n%s", said).isTrue();
        assertThat(shell.exitValue()).as("%s", said).isZero();
        return said;
    }
}
