package io.gatehouse.release.risk;

import io.gatehouse.release.ReadinessCheck;
import io.gatehouse.release.ReadinessItem;
import io.gatehouse.release.Release;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What the register says: that nothing blocks, that something is done about great risks, that nothing is late. */
@Component
@Order(40)
class RegisterReadiness implements ReadinessCheck {

    private final RiskRows rows;
    private final Clock clock;

    RegisterReadiness(RiskRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    @Override
    public List<ReadinessItem> of(Release release) {
        Instant now = clock.instant();
        List<RiskEntry> open =
                rows.of(release.stored()).stream().filter(RiskEntry::isOpen).toList();
        List<ReadinessItem> items = new ArrayList<>();
        items.addAll(criterion(
                "no-blocker",
                "nothing that has happened blocks it",
                open.stream().filter(RiskEntry::isBlocker).toList(),
                entry -> "blocks it",
                RiskEntry::blockerSince));
        items.addAll(criterion(
                "great-risks-answered",
                "something is done about each risk of " + RiskEntry.GREAT + " or more",
                open.stream().filter(RiskEntry::lacksResponse).toList(),
                entry -> "is a risk of " + entry.present().rating() + ", and nobody has said what is done about it",
                entry -> null));
        items.addAll(criterion(
                "register-on-time",
                "nothing in the register is late",
                open.stream()
                        .filter(entry -> entry.overdueSince(now).isPresent())
                        .toList(),
                entry -> "should have been dealt with by " + entry.content().dueOn(),
                entry -> entry.overdueSince(now).orElse(null)));
        return items;
    }

    /** One item that is met, or one for each entry because of which it is not. */
    private static List<ReadinessItem> criterion(
            String name,
            String met,
            List<RiskEntry> because,
            Function<RiskEntry, String> what,
            Function<RiskEntry, @Nullable Instant> since) {
        return because.isEmpty()
                ? List.of(ReadinessItem.met(name, met))
                : because.stream()
                        .map(entry -> new ReadinessItem(
                                name,
                                entry.number(),
                                false,
                                "\"" + entry.content().title() + "\" " + what.apply(entry),
                                entry.content().owner(),
                                since.apply(entry)))
                        .toList();
    }
}
