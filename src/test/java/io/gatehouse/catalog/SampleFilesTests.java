package io.gatehouse.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.catalog.SampleFile.Row;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SampleFilesTests {

    private final List<Row> services = SampleFile.rows("services.csv");
    private final List<SampleRelease> releases = SampleReleases.all();

    @Test
    void hold40ServicesWithWellFormedKeys() {
        assertThat(services).hasSize(40);
        assertThat(services.stream().map(row -> row.text("key")).collect(Collectors.toSet()))
                .hasSize(40);
        assertThat(services).allSatisfy(row -> {
            assertThat(row.text("key")).matches(CatalogKey.PATTERN);
            assertThat(row.text("owner_group")).matches(CatalogKey.PATTERN);
            assertThat(Integer.parseInt(row.text("tier"))).isBetween(1, 4);
        });
    }

    @Test
    void nameEveryDependencyBeforeWhoNeedsIt() {
        Set<String> before = new HashSet<>();
        for (Row row : services) {
            assertThat(before).as(row.text("key")).containsAll(row.words("dependencies"));
            before.add(row.text("key"));
        }
        assertThat(services.stream()
                        .mapToInt(row -> row.words("dependencies").size())
                        .sum())
                .isGreaterThan(300);
    }

    @Test
    void hold25RequestsOfTheTwoTrainsInTheOrderOfApproval() {
        assertThat(releases).hasSize(25);
        assertThat(releases)
                .isSortedAccordingTo((one, other) -> one.approvedAt().compareTo(other.approvedAt()));
        assertThat(releases).allSatisfy(release -> {
            assertThat(release.series()).isIn("antelope", "bobcat");
            assertThat(release.requestedAt()).isBeforeOrEqualTo(release.approvedAt());
            assertThat(release.versions()).isNotEmpty();
        });
        assertThat(releases).extracting(SampleRelease::kind).contains("final", "candidate", "beta");
        assertThat(releases).filteredOn(SampleRelease::security).hasSize(2);
    }

    @Test
    void releaseOnlyServicesOfTheSample() {
        Set<String> keys = services.stream().map(row -> row.text("key")).collect(Collectors.toSet());

        assertThat(releases).allSatisfy(release -> assertThat(keys)
                .containsAll(release.versions().keySet()));
    }

    @Test
    void tellWhatHistoryTells() {
        SampleRelease bobcat = releases.stream()
                .filter(release -> release.request().equals("c45d13562"))
                .findFirst()
                .orElseThrow();

        assertThat(bobcat.approvedAt())
                .isBetween(Instant.parse("2023-10-04T00:00:00Z"), Instant.parse("2023-10-05T00:00:00Z"));
        assertThat(bobcat.versions())
                .containsAllEntriesOf(Map.of("nova", "28.0.0", "neutron", "23.0.0", "keystone", "24.0.0"))
                .hasSize(12);
    }

    @Test
    void releaseNoVersionThatRanBefore() {
        Map<String, String> deployed = services.stream()
                .collect(Collectors.toMap(row -> row.text("key"), row -> row.text("deployed_version")));

        assertThat(releases).allSatisfy(release -> assertThat(release.versions())
                .allSatisfy((service, version) -> assertThat(version).isNotEqualTo(deployed.get(service))));
    }
}
