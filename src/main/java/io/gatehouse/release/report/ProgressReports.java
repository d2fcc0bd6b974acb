package io.gatehouse.release.report;

import io.gatehouse.release.EndForecast;
import io.gatehouse.release.Forecast;
import io.gatehouse.release.PastPaces;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseContent;
import io.gatehouse.release.ReleaseFilter;
import io.gatehouse.release.ReleaseRows;
import io.gatehouse.release.ReleaseState;
import io.gatehouse.release.Releases;
import io.gatehouse.release.StageTimeline;
import io.gatehouse.release.StageTimes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Says how far releases are, and when they will be in production. */
@Service
@Transactional(readOnly = true)
public class ProgressReports {

    /** Older ones were made by other people in other ways. */
    private static final int PAST_RELEASES = 20;

    /** Among so many closed ones those that are alike are looked for. */
    private static final int LOOKED_AT = 100;

    private final Releases releases;
    private final ReleaseRows rows;
    private final StageTimeline timeline;
    private final Budgets budgets;
    private final Clock clock;

    ProgressReports(Releases releases, ReleaseRows rows, StageTimeline timeline, Budgets budgets, Clock clock) {
        this.releases = releases;
        this.rows = rows;
        this.timeline = timeline;
        this.budgets = budgets;
        this.clock = clock;
    }

    public Progress of(String number) {
        Release release = releases.find(number);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<StageTimes> stages = timeline.of(release);
        Outlook outlook = outlook(release, stages, now);
        double done = done(stages, outlook, now);
        return new Progress(
                release,
                now,
                stages,
                outlook,
                done,
                new TimeJudge(release.state(), stages, outlook, now).judge(),
                budgets.find(number).map(budget -> budget(budget, done)).orElse(null));
    }

    private Outlook outlook(Release release, List<StageTimes> stages, Instant now) {
        return switch (release.state()) {
            case CLOSED -> Outlook.none(stages, "It is in production, so nothing is left to forecast.");
            case RETIRED -> Outlook.none(stages, "It was given up, so nothing is left to forecast.");
            default -> EndForecast.of(stages, past(release), now);
        };
    }

    private BudgetProgress budget(Budget budget, double done) {
        Spent spent = budgets.spent(budget);
        return new BudgetProgress(budget, spent, new BudgetJudge(budget, spent, done).judge());
    }

    /** Of the releases of the same train or template, if there are enough of them; else of all. */
    private List<List<StageTimes>> past(Release release) {
        List<Release> closed =
                rows.list(new ReleaseFilter(ReleaseState.CLOSED, null, null, null), Long.MAX_VALUE, LOOKED_AT).stream()
                        .filter(other -> other.id() != release.id())
                        .toList();
        List<Release> alike =
                closed.stream().filter(other -> isAlike(release, other)).toList();
        return (alike.size() < PastPaces.ENOUGH ? closed : alike)
                .stream().limit(PAST_RELEASES).map(timeline::of).toList();
    }

    private static boolean isAlike(Release one, Release other) {
        ReleaseContent content = one.content();
        return content.train() != null && content.train().equals(other.content().train())
                || content.template() != null
                        && key(content.template()).equals(key(other.content().template()));
    }

    /** Of a template, without the version. */
    private static String key(@Nullable String template) {
        return template == null ? "" : template.substring(0, template.indexOf('@') + 1);
    }

    /** Stages count by how long they are planned to last; one under way by how much of its time has gone by. */
    private static double done(List<StageTimes> stages, Outlook outlook, Instant now) {
        double all = 0;
        double behind = 0;
        for (int i = 0; i < stages.size(); i++) {
            StageTimes stage = stages.get(i);
            Forecast forecast = outlook.stages().get(i);
            all += stage.plannedSeconds();
            behind += stage.plannedSeconds()
                    * (stage.endedAt() != null
                            ? 1
                            : forecast == null || stage.startedAt() == null
                                    ? 0
                                    : share(stage.startedAt(), now, forecast));
        }
        return behind / all;
    }

    private static double share(Instant from, Instant now, Forecast forecast) {
        double gone = Duration.between(from, now).toMillis();
        double whole = Duration.between(from, forecast.likely()).toMillis();
        return Math.min(0.99, gone / Math.max(1, whole));
    }
}
