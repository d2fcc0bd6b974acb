package io.gatehouse.release.risk;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the register of a release: a risk, or an issue, which is one that has happened. Each step is a method here
 * that refuses what is not allowed and gives the entry as it is then.
 *
 * @param release what is stored of the number of the release
 * @param version counts every write
 * @param blockerSince since when it keeps the release from going, if it does
 * @param assessments everything it was judged to be, oldest first; never empty
 * @param closing who closed it; absent while it is open
 */
public record RiskEntry(
        long id,
        String release,
        long version,
        Kind kind,
        RiskContent content,
        @Nullable Instant blockerSince,
        List<RiskAssessment> assessments,
        String raisedBy,
        Instant raisedAt,
        @Nullable Closing closing) {

    /** From this rating on something must be done about a risk. */
    static final int GREAT = 15;

    private static final Pattern FORMAT = Pattern.compile("RISK-(\\d{6,15})");

    /** What may happen, or what has. */
    public enum Kind {
        RISK,
        ISSUE
    }

    /** How what it was judged to be moved last. */
    public enum Trend {
        RISING,
        STEADY,
        FALLING
    }

    /** The end of an entry. */
    public record Closing(String by, Instant at, String note) {}

    static RiskEntry raise(String release, Kind kind, RiskContent content, RiskAssessment first) {
        return new RiskEntry(
                0,
                release,
                1,
                kind,
                content,
                content.blocker() ? first.at() : null,
                List.of(first),
                first.by(),
                first.at(),
                null);
    }

    RiskEntry withId(long given) {
        return new RiskEntry(
                given, release, version, kind, content, blockerSince, assessments, raisedBy, raisedAt, closing);
    }

    RiskEntry describe(RiskContent wanted, Instant now) {
        requireOpen("be written anew");
        Instant since = wanted.blocker() ? Optional.ofNullable(blockerSince).orElse(now) : null;
        return new RiskEntry(id, release, version + 1, kind, wanted, since, assessments, raisedBy, raisedAt, closing);
    }

    RiskEntry assess(RiskAssessment assessment) {
        requireOpen("be judged anew");
        List<RiskAssessment> all = new ArrayList<>(assessments);
        all.add(assessment);
        return new RiskEntry(
                id, release, version + 1, kind, content, blockerSince, List.copyOf(all), raisedBy, raisedAt, closing);
    }

    RiskEntry close(Closing wanted) {
        requireOpen("be closed");
        return new RiskEntry(
                id, release, version + 1, kind, content, blockerSince, assessments, raisedBy, raisedAt, wanted);
    }

    private void requireOpen(String toDoWhat) {
        if (!isOpen()) {
            throw ProblemException.conflict(
                    "risk-state",
                    "Not possible in this state",
                    number() + " is closed and cannot " + toDoWhat + "; raise another one.");
        }
    }

    /** The number people say: {@code RISK-000123}, also of an issue. */
    public String number() {
        return "RISK-%06d".formatted(id);
    }

    static OptionalLong findId(String number) {
        Matcher matcher = FORMAT.matcher(number);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    public boolean isOpen() {
        return closing == null;
    }

    public boolean isBlocker() {
        return isOpen() && content.blocker();
    }

    /** What it was judged to be last. */
    public RiskAssessment present() {
        return assessments.get(assessments.size() - 1);
    }

    /** Of the last two assessments; absent while there is one. */
    public @Nullable Trend trend() {
        if (assessments.size() < 2) {
            return null;
        }
        int moved = present().rating() - assessments.get(assessments.size() - 2).rating();
        return moved == 0 ? Trend.STEADY : moved > 0 ? Trend.RISING : Trend.FALLING;
    }

    /** Whether nobody has said what is done about a risk of which something must be done. */
    public boolean lacksResponse() {
        return isOpen()
                && kind == Kind.RISK
                && content.response() == null
                && present().rating() >= GREAT;
    }

    /** Since when it is late; empty if it is not. */
    public Optional<Instant> overdueSince(Instant now) {
        LocalDate dueOn = content.dueOn();
        return Optional.ofNullable(isOpen() ? dueOn : null)
                .map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
                .filter(late -> !late.isAfter(now));
    }

    /** By this its rows are compared with the audit trail. */
    String fingerprint() {
        RiskContent.Response response = content.response();
        List<@Nullable Object> row = new ArrayList<>(Arrays.asList(
                id,
                release,
                version,
                kind,
                content.title(),
                content.description(),
                content.owner(),
                response == null ? null : response.kind(),
                response == null ? null : response.text(),
                content.dueOn(),
                blockerSince,
                raisedBy,
                raisedAt,
                closing == null ? null : closing.by(),
                closing == null ? null : closing.at(),
                closing == null ? null : closing.note()));
        // A column that came later: absent it is left out, so that an entry of before has the digest it had.
        Fingerprint.addNamed(row, "known_issue", content.knownIssue() ? true : null);
        row.add(assessments.size());
        IntStream.rangeClosed(1, assessments.size())
                .boxed()
                .sorted(Comparator.comparing(String::valueOf))
                .forEach(position -> {
                    RiskAssessment one = assessments.get(position - 1);
                    row.addAll(Arrays.asList(
                            position, one.likelihood(), one.consequence(), one.by(), one.at(), one.note()));
                });
        return Fingerprint.of(row);
    }
}
