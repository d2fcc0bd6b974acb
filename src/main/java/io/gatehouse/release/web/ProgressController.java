package io.gatehouse.release.web;

import io.gatehouse.change.Window;
import io.gatehouse.release.Forecast;
import io.gatehouse.release.StageTimes;
import io.gatehouse.release.report.Budget;
import io.gatehouse.release.report.BudgetProgress;
import io.gatehouse.release.report.BudgetStatus;
import io.gatehouse.release.report.Judgement;
import io.gatehouse.release.report.Money;
import io.gatehouse.release.report.Progress;
import io.gatehouse.release.report.ProgressReports;
import io.gatehouse.release.report.Spent;
import io.gatehouse.release.report.TimeStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far a release is, against its plan. */
@RestController
@RequestMapping("/api/v1/releases/{number}/progress")
class ProgressController {

    record StageRepresentation(
            String name,
            Window planned,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Forecast forecast) {}

    record BudgetRepresentation(
            BigDecimal hours, Money money, Spent spent, @Nullable BudgetStatus status, List<String> reasons) {

        static BudgetRepresentation of(BudgetProgress progress) {
            Budget budget = progress.budget();
            return new BudgetRepresentation(
                    budget.hours(),
                    budget.money(),
                    progress.spent(),
                    progress.judgement().status(),
                    progress.judgement().reasons());
        }
    }

    record ProgressRepresentation(
            Instant asOf,
            int donePercent,
            Instant plannedEnd,
            @Nullable Forecast forecast,
            String method,
            Judgement<TimeStatus> time,
            @Nullable BudgetRepresentation budget,
            List<StageRepresentation> stages) {

        static ProgressRepresentation of(Progress progress) {
            return new ProgressRepresentation(
                    progress.asOf(),
                    (int) (100 * progress.done()),
                    progress.plannedEnd(),
                    progress.outlook().end(),
                    progress.outlook().method(),
                    progress.time(),
                    progress.budget() == null ? null : BudgetRepresentation.of(progress.budget()),
                    IntStream.range(0, progress.stages().size())
                            .mapToObj(i -> stage(
                                    progress.stages().get(i),
                                    progress.outlook().stages().get(i)))
                            .toList());
        }

        private static StageRepresentation stage(StageTimes times, @Nullable Forecast forecast) {
            return new StageRepresentation(times.name(), times.planned(), times.startedAt(), times.endedAt(), forecast);
        }
    }

    private final ProgressReports reports;

    ProgressController(ProgressReports reports) {
        this.reports = reports;
    }

    @GetMapping
    ProgressRepresentation show(@PathVariable String number) {
        return ProgressRepresentation.of(reports.of(number));
    }
}
