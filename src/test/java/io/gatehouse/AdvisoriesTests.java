package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;
import org.apache.maven.artifact.versioning.DefaultArtifactVersion;
import org.apache.maven.artifact.versioning.InvalidVersionSpecificationException;
import org.apache.maven.artifact.versioning.VersionRange;
import org.junit.jupiter.api.Test;

/** Holds the bill of materials of this build against the reviewed holes of {@code docs/advisories.md}. */
class AdvisoriesTests {

    record Advisory(String id, String component, String versions, String verdict, String shownBy) {

        boolean covers(String version) {
            try {
                return VersionRange.createFromVersionSpec(versions)
                        .containsVersion(new DefaultArtifactVersion(version));
            } catch (InvalidVersionSpecificationException e) {
                throw new IllegalArgumentException(id + " has no readable range: " + versions, e);
            }
        }
    }

    @Test
    void noComponentIsInABannedRange() throws IOException {
        Map<String, String> components = components();

        assertThat(reviewed().stream()
                        .filter(advisory -> advisory.verdict().equals("banned"))
                        .filter(advisory -> components.containsKey(advisory.component()))
                        .filter(advisory -> advisory.covers(components.get(advisory.component()))))
                .isEmpty();
    }

    @Test
    void anAcceptedHoleIsShownShutByATest() throws IOException {
        List<String> tests = testClasses();

        assertThat(reviewed().stream().filter(advisory -> advisory.verdict().equals("accepted")))
                .isNotEmpty()
                .allSatisfy(advisory -> assertThat(tests).as(advisory.id()).contains(advisory.shownBy()));
    }

    /** A line whose component is misspelt would guard nothing. */
    @Test
    void everyAcceptedHoleIsOfAComponentThatIsHere() throws IOException {
        Map<String, String> components = components();

        assertThat(reviewed().stream().filter(advisory -> advisory.verdict().equals("accepted")))
                .allSatisfy(advisory -> assertThat(advisory.covers(components.getOrDefault(advisory.component(), "0")))
                        .as(advisory.id())
                        .isTrue());
    }

    @Test
    void everyLineIsReviewed() throws IOException {
        assertThat(reviewed()).hasSizeGreaterThan(10).allSatisfy(advisory -> {
            assertThat(advisory.verdict()).as(advisory.id()).isIn("banned", "accepted");
            assertThat(advisory.covers("0.0.0-none")).isIn(true, false);
        });
    }

    @Test
    void aListedVersionIsRecognised() {
        Advisory advisory = new Advisory("CVE-1", "a:b", "(,10.1.61)", "banned", "-");

        assertThat(advisory.covers("10.1.55")).isTrue();
        assertThat(advisory.covers("10.1.61")).isFalse();
    }

    /** The engine brings these, which it cannot be without and which it refuses to run as scripts (NoScripts). */
    @Test
    void noScriptLanguageIsOnTheClassPathButTheEnginesOwn() {
        assertThat(new ScriptEngineManager().getEngineFactories())
                .extracting(ScriptEngineFactory::getLanguageName)
                .containsExactlyInAnyOrder("JSP 2.1 EL", "feel", "feel-unary-tests");
    }

    @Test
    void theRawRestInterfaceOfTheEngineIsNotAPartOfTheProduct() throws IOException {
        assertThat(components().keySet())
                .contains("org.camunda.bpm:camunda-engine")
                .doesNotContain(
                        "org.camunda.bpm.springboot:camunda-bpm-spring-boot-starter-rest",
                        "org.camunda.bpm:camunda-engine-rest-jakarta");
    }

    private static Map<String, String> components() throws IOException {
        try (InputStream bom = AdvisoriesTests.class.getResourceAsStream("/META-INF/sbom/application.cdx.json")) {
            Map<String, String> versions = new TreeMap<>();
            for (JsonNode component : new ObjectMapper().readTree(bom).get("components")) {
                versions.put(
                        component.get("group").asText() + ":"
                                + component.get("name").asText(),
                        component.get("version").asText());
            }
            assertThat(versions).as("components of this build").hasSizeGreaterThan(100);
            return versions;
        }
    }

    private static List<Advisory> reviewed() throws IOException {
        List<Advisory> advisories = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("docs/advisories.md"))) {
            if (line.startsWith("| CVE-") || line.startsWith("| GHSA-")) {
                String[] cells = line.split("\\|");
                advisories.add(new Advisory(
                        cells[1].strip(), cells[2].strip(), cells[3].strip(), cells[5].strip(), cells[6].strip()));
            }
        }
        return advisories;
    }

    private static List<String> testClasses() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Tests.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .toList();
        }
    }
}
