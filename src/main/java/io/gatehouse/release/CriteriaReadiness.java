package io.gatehouse.release;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What people have to say of a release: an item for each criterion that nobody has withdrawn. */
@Component
@Order(50)
class CriteriaReadiness implements ReadinessCheck {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("d MMM uuuu HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final int LONGEST_REASON = 300;

    private final CriterionRows rows;

    CriteriaReadiness(CriterionRows rows) {
        this.rows = rows;
    }

    @Override
    public List<ReadinessItem> of(Release release) {
        return rows.of(release.stored()).stream()
                .filter(criterion -> criterion.state() != Criterion.State.WITHDRAWN)
                .map(CriteriaReadiness::item)
                .toList();
    }

    private static ReadinessItem item(Criterion criterion) {
        boolean met = criterion.state() == Criterion.State.CONFIRMED;
        return new ReadinessItem(
                "confirmed",
                criterion.number(),
                met,
                "\"" + criterion.content().title() + "\" " + found(criterion),
                met ? by(criterion.latest()) : criterion.asked(),
                criterion.missingSince());
    }

    private static String found(Criterion criterion) {
        return switch (criterion.state()) {
            case CONFIRMED -> "was confirmed on "
                    + criterion.latest().map(said -> SHOWN.format(said.at())).orElse("");
            case NOT_MET -> "is not met, says " + by(criterion.latest()) + ": "
                    + criterion.latest().map(said -> inOneLine(said.note())).orElse("");
            default -> "is not confirmed, though it should be by "
                    + SHOWN.format(criterion.content().dueAt());
        };
    }

    private static String by(Optional<CriterionAnswer> said) {
        return said.map(CriterionAnswer::by).orElse("nobody");
    }

    private static String inOneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
    }
}
