package io.gatehouse.release;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A criterion of a release that somebody sees to. Each step is a method here that refuses what is not allowed and gives the
 * criterion as it is then.
 *
 * @param release what is stored of the number of the release
 * @param answers everything that was said of it, oldest first
 */
public record Criterion(
        long id,
        String release,
        CriterionContent content,
        State state,
        List<CriterionAnswer> answers,
        String addedBy,
        Instant addedAt) {

    private static final Pattern FORMAT = Pattern.compile("CRIT-(\\d{6,15})");

    /** How far it is. */
    public enum State {
        OPEN,
        CONFIRMED,
        NOT_MET,
        WITHDRAWN
    }

    static Criterion add(String release, CriterionContent content, String by, Instant now) {
        return new Criterion(0, release, content, State.OPEN, List.of(), by, now);
    }

    Criterion withId(long given) {
        return new Criterion(given, release, content, state, answers, addedBy, addedAt);
    }

    /** Its owner says whether it is so. */
    Criterion answer(boolean met, String by, Instant now, String note) {
        require("be confirmed", State.OPEN);
        return said(met ? CriterionAnswer.Kind.CONFIRMED : CriterionAnswer.Kind.NOT_MET, by, now, note);
    }

    /** Its owner is asked again, until then. */
    Criterion reopen(Instant dueAt, String by, Instant now, String note) {
        require("be reopened", State.CONFIRMED, State.NOT_MET);
        CriterionContent again =
                new CriterionContent(content.title(), content.details(), content.owner(), content.ownerGroup(), dueAt);
        return new Criterion(id, release, again, state, answers, addedBy, addedAt)
                .said(CriterionAnswer.Kind.REOPENED, by, now, note);
    }

    /** Nobody wants it any more. */
    Criterion withdraw(@Nullable String by, Instant now, String note) {
        require("be withdrawn", State.OPEN, State.CONFIRMED, State.NOT_MET);
        return said(CriterionAnswer.Kind.WITHDRAWN, by, now, note);
    }

    private Criterion said(CriterionAnswer.Kind kind, @Nullable String by, Instant now, String note) {
        List<CriterionAnswer> all = new ArrayList<>(answers);
        all.add(new CriterionAnswer(kind, by, now, note));
        return new Criterion(id, release, content, kind.state(), List.copyOf(all), addedBy, addedAt);
    }

    private void require(String toDoWhat, State... wanted) {
        if (!Set.of(wanted).contains(state)) {
            throw ProblemException.conflict(
                    "criterion-state",
                    "Not possible in this state",
                    number() + " is " + state + " and cannot " + toDoWhat + ".");
        }
    }

    /** The number people say: {@code CRIT-000123}. */
    public String number() {
        return "CRIT-%06d".formatted(id);
    }

    static OptionalLong findId(String number) {
        Matcher matcher = FORMAT.matcher(number);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** Who is asked: the id of a person, or a role or team. */
    public String asked() {
        return Optional.ofNullable(content.owner())
                .or(() -> Optional.ofNullable(content.ownerGroup()))
                .orElseThrow();
    }

    /** What was said last. */
    Optional<CriterionAnswer> latest() {
        return answers.isEmpty() ? Optional.empty() : Optional.of(answers.get(answers.size() - 1));
    }

    /** Since when it is missing; absent if it is confirmed or withdrawn. */
    public @Nullable Instant missingSince() {
        Instant since = addedAt;
        for (CriterionAnswer answer : answers) {
            since = switch (answer.kind()) {
                case CONFIRMED, WITHDRAWN -> null;
                case NOT_MET, REOPENED -> since == null ? answer.at() : since;};
        }
        return since;
    }

    /** By this its rows are compared with the audit trail. */
    String fingerprint() {
        List<@Nullable Object> row = new ArrayList<>(Arrays.asList(
                id,
                release,
                content.title(),
                content.details(),
                content.owner(),
                content.ownerGroup(),
                content.dueAt(),
                state,
                addedBy,
                addedAt));
        row.add(answers.size());
        IntStream.rangeClosed(1, answers.size())
                .boxed()
                .sorted(Comparator.comparing(String::valueOf))
                .forEach(position -> {
                    CriterionAnswer one = answers.get(position - 1);
                    row.addAll(Arrays.asList(position, one.kind(), one.by(), one.at(), one.note()));
                });
        return Fingerprint.of(row);
    }
}
