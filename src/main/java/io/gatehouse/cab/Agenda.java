package io.gatehouse.cab;

import io.gatehouse.change.ChangeList;
import io.gatehouse.change.ChangeSelection;
import io.gatehouse.change.ChangeSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Builds agendas from the filter of a board. */
@Component
class Agenda {

    private final ChangeList changes;
    private final List<AgendaReports> reports;

    Agenda(ChangeList changes, List<AgendaReports> reports) {
        this.changes = changes;
        this.reports = reports;
    }

    /** What the agenda of a meeting is now: what people put there or took off stays, the filter says the rest. */
    List<AgendaItem> refreshed(Board board, List<AgendaItem> items) {
        Map<String, ChangeSummary> known = new HashMap<>();
        Set<String> candidates = new LinkedHashSet<>();
        if (!board.filter().isEmpty()) {
            changes.select(selection(board)).forEach(change -> {
                known.put(change.number(), change);
                candidates.add(change.number());
            });
        }
        Set<String> toldOf = reports.stream()
                .flatMap(report -> report.unreported(board).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        candidates.removeAll(toldOf);
        List<AgendaItem> refreshed = new ArrayList<>(items.stream()
                .filter(item -> isKept(item) || candidates.contains(item.change()))
                .toList());
        Set<String> listed = refreshed.stream().map(AgendaItem::change).collect(Collectors.toCollection(HashSet::new));
        candidates.stream()
                .filter(listed::add)
                .map(change -> AgendaItem.of(
                        change, AgendaItem.Kind.DECISION, AgendaItem.Origin.FILTER, board.minutesPerItem(), null))
                .forEach(refreshed::add);
        toldOf.stream()
                .filter(listed::add)
                .map(change -> AgendaItem.of(
                        change, AgendaItem.Kind.REPORT, AgendaItem.Origin.FILTER, board.minutesPerItem(), null))
                .forEach(refreshed::add);
        changes.named(listed.stream()
                        .filter(number -> !known.containsKey(number))
                        .toList())
                .forEach(change -> known.put(change.number(), change));
        return refreshed.stream()
                .map(item -> item.about(known.get(item.change())))
                .sorted(AgendaItem.order(board.zone()))
                .toList();
    }

    /** Only what the filter put there, and nobody has touched since, goes with it. */
    private static boolean isKept(AgendaItem item) {
        return item.origin() != AgendaItem.Origin.FILTER
                || item.kind() == AgendaItem.Kind.REPORT
                || item.place() != null
                || !item.isListed();
    }

    private static ChangeSelection selection(Board board) {
        Set<String> production = wanted(board, BoardFilter.Kind.PRODUCTION);
        return new ChangeSelection(
                wanted(board, BoardFilter.Kind.STATE),
                wanted(board, BoardFilter.Kind.TYPE),
                wanted(board, BoardFilter.Kind.RISK),
                wanted(board, BoardFilter.Kind.ENVIRONMENT),
                production.size() == 1 ? production.contains("true") : null,
                wanted(board, BoardFilter.Kind.TIER).stream()
                        .map(Integer::valueOf)
                        .collect(Collectors.toSet()));
    }

    private static Set<String> wanted(Board board, BoardFilter.Kind kind) {
        return board.filter().stream()
                .filter(one -> one.kind() == kind)
                .map(BoardFilter::wanted)
                .collect(Collectors.toSet());
    }
}
