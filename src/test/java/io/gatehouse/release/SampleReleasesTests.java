package io.gatehouse.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.gatehouse.api.PageQuery;
import io.gatehouse.audit.Differences;
import io.gatehouse.audit.verify.AuditVerifierRun;
import io.gatehouse.catalog.Services;
import io.gatehouse.change.ChangeType;
import io.gatehouse.release.train.MilestoneKind;
import io.gatehouse.release.train.SampleTrain;
import io.gatehouse.release.train.Schedule;
import io.gatehouse.release.train.Trains;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.SampleAtRest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;

@SampleAtRest
@OnH2
class SampleReleasesTests {

    @Autowired
    private SampleTrain trainSample;

    @Autowired
    private SampleReleaseTemplates templateSample;

    @Autowired
    private SampleReleases sample;

    @Autowired
    private Trains trains;

    @Autowired
    private Releases releases;

    @Autowired
    private Stages stages;

    @Autowired
    private GoNoGoDecisions decisions;

    @Autowired
    private Services services;

    @Autowired
    private Differences differences;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private DataSource database;

    @Autowired
    private Clock clock;

    @Test
    void bringEachDeliverableOnceWithTheTrain() {
        assertThat(all()).hasSize(40).allSatisfy(release -> {
            assertThat(release.content().items()).hasSize(1);
            assertThat(release.content().template()).startsWith("openstack-");
        });
        assertThat(services.tiers(all().stream()
                        .flatMap(release -> release.content().services().stream())
                        .toList()))
                .hasSize(40);
    }

    @Test
    void areInEveryState() {
        assertThat(all().stream().collect(Collectors.groupingBy(Release::state, Collectors.counting())))
                .isEqualTo(Map.of(
                        ReleaseState.PLANNED, 9L,
                        ReleaseState.PREPARING, 16L,
                        ReleaseState.TESTING, 6L,
                        ReleaseState.DECIDING, 3L,
                        ReleaseState.DEPLOYING, 1L,
                        ReleaseState.CLOSED, 3L,
                        ReleaseState.RETIRED, 2L));
    }

    @Test
    void waitForTheStageThatAnotherHasToItself() {
        String holder = of("castellan").number();

        assertThat(stages.currentOf(holder).heldEnvironment()).isEqualTo("staging");
        assertThat(stages.currentOf(holder).tests())
                .as("one is done, and somebody is asked for the other")
                .extracting(TestRun::isPassed)
                .containsExactly(true, false);
        assertThat(stages.currentOf(of("oslo.db").number()).waitsFor()).isEqualTo(holder + " has staging to itself.");
        assertThat(stages.currentOf(of("keystone").number()).waitsFor())
                .isEqualTo(of("glance").number() + " has dev to itself.");
        assertThat(of("oslo.log").progress().returnedBecause()).startsWith("staging: ");
    }

    @Test
    void areDecidedAboutWhereTheyHavePassedTheirStages() {
        assertThat(decision("oslo.context").votes()).isEmpty();
        assertThat(decision("oslo.utils").votes()).hasSize(2);
        assertThat(decision("oslo.utils").isOpen()).isTrue();
        assertThat(decision("oslo.serialization").isPending())
                .as("waits for its condition")
                .isTrue();
    }

    /** Whoever decides about them must not have missed it by the next morning. */
    @Test
    void leaveTheSeatsDaysToVote() {
        assertThat(decision("oslo.context").closesAt())
                .isAfter(decision("oslo.context").openedAt().plusSeconds(2 * 86_400));
    }

    @Test
    void runInProductionOnceTheyAreClosed() {
        assertThat(jdbc.sql(
                                """
                select deployed_version from deployment
                where service_key = 'stevedore' and environment_key = 'production' and live""")
                        .query(String.class)
                        .single())
                .isEqualTo("5.7.0");
        assertThat(of("oslo.config").progress().change()).isNotNull();
    }

    @Test
    void areCarriedByNormalChangesButForOneThatHasATemplate() {
        assertThat(all())
                .filteredOn(release -> release.progress().carrier() != null)
                .extracting(
                        release -> release.content().services().iterator().next(),
                        release -> Objects.requireNonNull(release.progress().carrier())
                                .type())
                .containsExactlyInAnyOrder(
                        tuple("stevedore", ChangeType.STANDARD),
                        tuple("keystoneauth", ChangeType.NORMAL),
                        tuple("oslo.i18n", ChangeType.NORMAL),
                        tuple("oslo.config", ChangeType.NORMAL));
    }

    @Test
    void goWithATrainThatIsUnderWay() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Schedule schedule = trains.get("gazpacho-upgrade").content().schedule();
        Schedule published = trains.get("gazpacho").content().schedule();

        assertThat(schedule.startsOn().getDayOfWeek())
                .isEqualTo(published.startsOn().getDayOfWeek());
        assertThat(schedule.startsOn()).isBefore(today);
        assertThat(schedule.milestones())
                .filteredOn(milestone -> milestone.name().equals("final-lib"))
                .singleElement()
                .satisfies(
                        cutOff -> assertThat(cutOff.startsOn()).isAfter(today).isBeforeOrEqualTo(today.plusDays(7)));
        assertThat(schedule.milestones()).noneMatch(milestone -> milestone.kind() == MilestoneKind.EVENT);
    }

    @Test
    void raiseNoIncident() {
        assertThat(runtime.createIncidentQuery().count()).isZero();
    }

    @Test
    void areAllInTheTrail() throws SQLException {
        assertThat(AuditVerifierRun.of(database.unwrap(HikariDataSource.class))).startsWith("0 ");
        Set<String> numbers = all().stream().map(Release::number).collect(Collectors.toSet());
        assertThat(differences.compareAll())
                .filteredOn(found -> numbers.contains(found.object())
                        || found.object().startsWith("release-template-openstack-")
                        || found.object().startsWith("train-"))
                .isEmpty();
    }

    @Test
    void changeNothingWhenLoadedAgain() throws Exception {
        Map<String, Long> before = counts();

        for (ApplicationRunner again : List.of(trainSample, templateSample, sample)) {
            again.run(new DefaultApplicationArguments());
        }

        assertThat(counts()).isEqualTo(before);
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new HashMap<>();
        for (String table :
                List.of("release_train", "release_template", "software_release", "change_request", "audit_entry")) {
            counts.put(
                    table,
                    jdbc.sql("select count(*) from " + table).query(Long.class).single());
        }
        return counts;
    }

    private GoNoGo decision(String service) {
        List<GoNoGo> asked = decisions.of(of(service).number());
        return asked.get(asked.size() - 1);
    }

    private Release of(String service) {
        return all().stream()
                .filter(release -> release.content().services().contains(service))
                .findFirst()
                .orElseThrow();
    }

    private List<Release> all() {
        return releases.list(new ReleaseFilter(null, null, null, SampleTrain.KEY), new PageQuery(null, 200))
                .items();
    }
}
