package io.gatehouse.release.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.Door;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.SampleAtRest;
import io.gatehouse.testing.SignedIn;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.context.WebApplicationContext;

@SampleAtRest
@OnH2
class SampleTrainTests {

    @Autowired
    private SampleTrain sample;

    @Autowired
    private Trains trains;

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void isThereAfterTheStart() {
        TrainContent train = trains.get("gazpacho").content();

        assertThat(train.name()).isEqualTo("OpenStack 2026.1 Gazpacho");
        assertThat(train.series()).isEqualTo("openstack");
        assertThat(train.cadence()).hasToString("P26W");
        assertThat(Objects.requireNonNull(train.nextPlanned()).releasesOn())
                .as("when 2026.2 does release")
                .isEqualTo(LocalDate.of(2026, 9, 28));
        List<Milestone> milestones = train.schedule().milestones();
        Milestone last = milestones.get(milestones.size() - 1);
        assertThat(ChronoUnit.WEEKS.between(milestones.get(0).startsOn(), last.endsOn()))
                .isGreaterThanOrEqualTo(26);
        assertThat(last)
                .isEqualTo(new Milestone(
                        "final", MilestoneKind.FINAL, null, null, LocalDate.of(2026, 3, 30), LocalDate.of(2026, 4, 3)));
        assertThat(milestones)
                .filteredOn(one -> one.service() != null)
                .extracting(Milestone::service)
                .containsOnly("nova", "manila");
    }

    @Test
    void isShownToEverybodyWithARole() {
        assertThat(Door.to(context).get().uri("/api/v1/trains/gazpacho").with(SignedIn.RITA.signsIn()))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.milestones[-1:].startsOn")
                .asArray()
                .containsExactly("2026-03-30");
    }

    @Test
    void changesNothingWhenLoadedAgain() {
        List<Long> before = counts();

        sample.run(new DefaultApplicationArguments());

        assertThat(counts()).isEqualTo(before);
    }

    private List<Long> counts() {
        return List.of("release_train", "release_train_milestone", "audit_entry").stream()
                .map(table -> jdbc.sql("select count(*) from " + table)
                        .query(Long.class)
                        .single())
                .toList();
    }
}
