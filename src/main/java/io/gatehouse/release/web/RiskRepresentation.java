package io.gatehouse.release.web;

import io.gatehouse.release.risk.RiskAssessment;
import io.gatehouse.release.risk.RiskContent;
import io.gatehouse.release.risk.RiskEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry of the register as the API shows it. */
record RiskRepresentation(
        String number,
        RiskEntry.Kind kind,
        State state,
        String title,
        @Nullable String description,
        String owner,
        RiskContent.@Nullable Response response,
        @Nullable LocalDate dueOn,
        boolean blocker,
        boolean knownIssue,
        @Nullable Instant blockerSince,
        int rating,
        RiskEntry.@Nullable Trend trend,
        List<RiskAssessment> assessments,
        String raisedBy,
        Instant raisedAt,
        RiskEntry.@Nullable Closing closing) {

    /** Whether it is still to be looked at. */
    enum State {
        OPEN,
        CLOSED
    }

    static RiskRepresentation of(RiskEntry entry) {
        RiskContent content = entry.content();
        return new RiskRepresentation(
                entry.number(),
                entry.kind(),
                entry.isOpen() ? State.OPEN : State.CLOSED,
                content.title(),
                content.description(),
                content.owner(),
                content.response(),
                content.dueOn(),
                content.blocker(),
                content.knownIssue(),
                entry.blockerSince(),
                entry.present().rating(),
                entry.trend(),
                entry.assessments(),
                entry.raisedBy(),
                entry.raisedAt(),
                entry.closing());
    }
}
