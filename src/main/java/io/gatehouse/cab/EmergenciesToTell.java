package io.gatehouse.cab;

import io.gatehouse.catalog.Environment;
import io.gatehouse.catalog.Environments;
import io.gatehouse.catalog.Services;
import io.gatehouse.change.EmergencyReport;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Tells boards of each emergency change that was begun: the next meeting of those that look at such changes. Where it is
 * made says which these are; its state and type do not, for it is begun already, nor its risk, for it has none. What no
 * board that meets looks at is told to whichever meets next, so that nothing stays untold.
 */
@Component
class EmergenciesToTell implements AgendaReports {

    private final EmergencyReport report;
    private final Boards boards;
    private final Environments environments;
    private final Services services;

    EmergenciesToTell(EmergencyReport report, Boards boards, Environments environments, Services services) {
        this.report = report;
        this.boards = boards;
        this.environments = environments;
        this.services = services;
    }

    @Override
    public List<String> unreported(Board board) {
        List<EmergencyReport.Line> lines = report.unreported();
        if (lines.isEmpty()) {
            return List.of();
        }
        List<Board> meeting =
                boards.active().stream().filter(one -> one.schedule() != null).toList();
        return lines.stream()
                .filter(line -> looksAt(board, line) || meeting.stream().noneMatch(other -> looksAt(other, line)))
                .map(EmergencyReport.Line::number)
                .toList();
    }

    /** A board without a filter looks at what people put on its agenda only. */
    private boolean looksAt(Board board, EmergencyReport.Line line) {
        return !board.filter().isEmpty()
                && board.filter().stream().map(BoardFilter::kind).distinct().allMatch(kind -> switch (kind) {
                    case STATE, TYPE, RISK -> true;
                    case ENVIRONMENT -> board.wants(kind, line.environment());
                    case PRODUCTION -> board.wants(kind, Boolean.toString(isProduction(line.environment())));
                    case TIER -> services.tiers(line.services()).values().stream()
                            .anyMatch(tier -> board.wants(kind, tier.toString()));
                });
    }

    private boolean isProduction(String environment) {
        return environments.find(environment).map(Environment::production).orElse(false);
    }

    /** People may put another change on the agenda to be told of it; that is nothing to note here. */
    @Override
    public void reported(Board board, String change, String meeting) {
        if (unreported(board).contains(change)) {
            report.reported(change, meeting);
        }
    }
}
