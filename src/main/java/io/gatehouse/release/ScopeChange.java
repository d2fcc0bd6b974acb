package io.gatehouse.release;

import io.gatehouse.audit.Fingerprint;
import io.gatehouse.change.Artifact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Another package for a release whose scope is fixed.
 *
 * @param release what is stored of the number of the release
 * @param items the whole package as it would be
 * @param decisions what its seats said, by their names
 */
public record ScopeChange(
        long id,
        String release,
        List<Artifact> items,
        String reason,
        String requestedBy,
        Instant requestedAt,
        State state,
        @Nullable String endedBecause,
        @Nullable Instant endedAt,
        List<Decision> decisions) {

    /** Who has to agree: whoever leads releases, and whoever answers for what is in them. */
    public static final List<String> SEATS = List.of("product-owner", "release-manager");

    private static final Pattern FORMAT = Pattern.compile("SCOPE-(\\d{6,15})");

    /** How far it is. */
    public enum State {
        REQUESTED,
        /** It is in the package. */
        APPLIED,
        REJECTED,
        /** Whoever asked for it wants it no longer. */
        WITHDRAWN,
        /** Its seats agreed, but it could not be put in any more. */
        TOO_LATE
    }

    /** What a seat said. */
    public record Decision(String seat, String person, boolean approved, String reason, Instant decidedAt) {}

    /** The number people say: {@code SCOPE-000123}. */
    public String number() {
        return "SCOPE-%06d".formatted(id);
    }

    static OptionalLong findId(String number) {
        Matcher matcher = FORMAT.matcher(number);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    boolean isOpen() {
        return state == State.REQUESTED;
    }

    /** Who has not decided yet. */
    List<String> openSeats() {
        List<String> decided = decisions.stream().map(Decision::seat).toList();
        return SEATS.stream().filter(seat -> !decided.contains(seat)).toList();
    }

    boolean isRejected() {
        return decisions.stream().anyMatch(decision -> !decision.approved());
    }

    /** Whether nothing is left to be said: one is against it, or all are for it. */
    boolean isSettled() {
        return isRejected() || openSeats().isEmpty();
    }

    /** By this its rows are compared with the audit trail. */
    String fingerprint() {
        List<@Nullable Object> row = new ArrayList<>(Arrays.asList(
                id,
                release,
                StoredItems.write(items),
                reason,
                requestedBy,
                requestedAt,
                state,
                endedBecause,
                endedAt,
                isOpen() ? release : null));
        row.add(decisions.size());
        decisions.forEach(decision -> row.addAll(List.of(
                decision.seat(), decision.person(), decision.approved(), decision.reason(), decision.decidedAt())));
        return Fingerprint.of(row);
    }
}
