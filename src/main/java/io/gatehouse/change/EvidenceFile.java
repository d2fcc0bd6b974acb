package io.gatehouse.change;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What must be on file about a change and what is. Of each kind the last piece counts that is about what the change brings
 * now.
 *
 * @param status how much of what must be on file is
 * @param required what must be, as the policy said in the present round
 * @param onFile every piece, oldest first
 */
public record EvidenceFile(Status status, List<Requirement> required, List<Evidence> onFile) {

    /** How much of what must be on file is. */
    public enum Status {
        /** All of it, or nothing must be. */
        COMPLETE,
        PARTIAL,
        /** None of it, or the policy has not been asked what must be. */
        MISSING
    }

    /** What became of something that must be on file. */
    public enum State {
        ON_FILE,
        /** The last piece says that it failed. */
        FAILED,
        /** What there is is about other versions than the change brings now. */
        VOID,
        MISSING
    }

    /**
     * Something that must be on file.
     *
     * @param reasons why, in the words of the policy
     */
    public record Requirement(EvidenceKind kind, List<String> reasons, State state) {}

    /** @param asked the reasons by kind; none of both if the policy has not been asked */
    static EvidenceFile of(
            boolean policyWasAsked, SortedMap<EvidenceKind, SortedSet<String>> asked, List<Evidence> onFile) {
        List<Evidence> inOrder =
                onFile.stream().sorted(Comparator.comparing(Evidence::id)).toList();
        List<Requirement> required = asked.entrySet().stream()
                .map(need ->
                        new Requirement(need.getKey(), List.copyOf(need.getValue()), stateOf(need.getKey(), inOrder)))
                .toList();
        return new EvidenceFile(status(policyWasAsked, required), required, inOrder);
    }

    private static State stateOf(EvidenceKind kind, List<Evidence> inOrder) {
        List<Evidence> ofKind =
                inOrder.stream().filter(piece -> piece.kind() == kind).toList();
        List<Evidence> current = ofKind.stream().filter(Evidence::current).toList();
        if (current.isEmpty()) {
            return ofKind.isEmpty() ? State.MISSING : State.VOID;
        }
        return current.get(current.size() - 1).result() == Evidence.Result.PASSED ? State.ON_FILE : State.FAILED;
    }

    private static Status status(boolean policyWasAsked, List<Requirement> required) {
        long there =
                required.stream().filter(need -> need.state() == State.ON_FILE).count();
        if (policyWasAsked && there == required.size()) {
            return Status.COMPLETE;
        }
        return there == 0 ? Status.MISSING : Status.PARTIAL;
    }

    /** What must be on file and is not, with what became of it. */
    SortedMap<EvidenceKind, State> gaps() {
        return required.stream()
                .filter(need -> need.state() != State.ON_FILE)
                .collect(Collectors.toMap(Requirement::kind, Requirement::state, (one, other) -> one, TreeMap::new));
    }

    /** Those of the gaps that these, written one after the other, do not name: what came to be missing since. */
    SortedMap<EvidenceKind, State> gapsBeside(String known) {
        SortedSet<String> names = new TreeSet<>(List.of(known.split(",")));
        SortedMap<EvidenceKind, State> more = new TreeMap<>(gaps());
        more.keySet().removeIf(kind -> names.contains(kind.name()));
        return more;
    }

    String gapsAsText() {
        return gaps().keySet().stream().map(EvidenceKind::name).collect(Collectors.joining(","));
    }

    static String sentence(Map<EvidenceKind, State> gaps) {
        return gaps.entrySet().stream()
                .map(gap -> gap.getKey() + " (" + gap.getValue().name().toLowerCase(java.util.Locale.ROOT) + ")")
                .collect(Collectors.joining(", "));
    }
}
