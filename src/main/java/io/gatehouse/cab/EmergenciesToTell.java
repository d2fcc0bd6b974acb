package io.gatehouse.cab;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.gatehouse.catalog.Environment;
import io.gatehouse.catalog.Environments;
import io.gatehouse.catalog.Services;
import io.gatehouse.change.EmergencyReport;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Tells boards of each emergency change that was begun: the next meeting of those that look at such changes. Where it is
 * made says which these are; its state and type do not, for it is begun already, nor its risk, for it has none. What no
 * board that meets looks at is told to whichever meets next, so that nothing stays untold.
 */
@Component
class EmergenciesToTell implements AgendaReports {

    private final EmergencyReport report;
    private final BoardFilters filters;
    private final Environments environments;
    private final Services services;

    EmergenciesToTell(EmergencyReport report, BoardFilters filters, Environments environments, Services services) {
        this.report = report;
        this.filters = filters;
        this.environments = environments;
        this.services = services;
    }

    @Override
    public List<String> unreported(Board board) {
        List<EmergencyReport.Line> lines = report.unreported();
        if (lines.isEmpty()) {
            return List.of();
        }
        Places places = places(lines);
        Collection<Set<BoardFilter>> meeting = filters.ofBoardsThatMeet();
        return lines.stream()
                .filter(line -> places.areLookedAt(board.filter(), line)
                        || meeting.stream().noneMatch(other -> places.areLookedAt(other, line)))
                .map(EmergencyReport.Line::number)
                .toList();
    }

    private Places places(List<EmergencyReport.Line> lines) {
        return new Places(
                environments.all().stream()
                        .filter(Environment::production)
                        .map(Environment::key)
                        .collect(toUnmodifiableSet()),
                services.tiers(
                        lines.stream().flatMap(line -> line.services().stream()).collect(toUnmodifiableSet())));
    }

    /** What filters ask about where changes are made, for all of them. */
    private record Places(Set<String> production, Map<String, Integer> tiers) {

        /** A board without a filter looks at what people put on its agenda only. */
        boolean areLookedAt(Set<BoardFilter> filter, EmergencyReport.Line line) {
            return !filter.isEmpty()
                    && filter.stream().map(BoardFilter::kind).distinct().allMatch(kind -> switch (kind) {
                        case STATE, TYPE, RISK -> true;
                        case ENVIRONMENT -> filter.contains(new BoardFilter(kind, line.environment()));
                        case PRODUCTION -> filter.contains(
                                new BoardFilter(kind, Boolean.toString(production.contains(line.environment()))));
                        case TIER -> line.services().stream()
                                .map(tiers::get)
                                .filter(Objects::nonNull)
                                .anyMatch(tier -> filter.contains(new BoardFilter(kind, tier.toString())));
                    });
        }
    }

    /** People may put another change on the agenda to be told of it; that is nothing to note here. */
    @Override
    public void reported(Board board, String change, String meeting) {
        if (unreported(board).contains(change)) {
            report.reported(change, meeting);
        }
    }
}
