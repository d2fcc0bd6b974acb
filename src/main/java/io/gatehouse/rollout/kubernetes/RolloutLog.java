package io.gatehouse.rollout.kubernetes;

import io.gatehouse.rollout.connector.ConnectorCall;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a roll-out tells while it goes on: how many pods there are and the conditions, whenever that has changed, and, if the
 * operator wants it, what one of the new pods has printed since. A log that cannot be had settles nothing.
 */
class RolloutLog {

    private final Cluster cluster;
    private final KubernetesSettings settings;

    RolloutLog(Cluster cluster, KubernetesSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
    }

    /** Keeps what is new; what cannot be had now comes with a later question, if there will be one. */
    ToldRollout more(Deployment deployment, ToldRollout before, ConnectorCall call, boolean ended) {
        Optional<List<Pod>> found = settings.podLogs() ? newPods(deployment, call) : Optional.of(List.of());
        if (found.isEmpty() && !ended) {
            return before;
        }
        List<Pod> pods = found.orElse(List.of());
        String state = deployment.toldProgress()
                + deployment.toldConditions()
                + pods.stream().map(Pod::toldWaiting).collect(Collectors.joining());
        ToldRollout told = before.in(ToldRollout.stateOf(state));
        if (!told.state().equals(before.state())) {
            call.log().accept(state);
        }
        return pods.stream()
                .filter(Pod::isNamedShortly)
                .min(Pod.mostTelling(told.pod()))
                .map(pod -> print(pod, told, call))
                .orElse(told);
    }

    /** The newest revision's: with our key, or of the ReplicaSet that an undo has returned to. */
    private Optional<List<Pod>> newPods(Deployment deployment, ConnectorCall call) {
        if (!call.renewLease().getAsBoolean()) {
            return Optional.empty();
        }
        String returnedTo = deployment.annotation(settings.returnedToAnnotation());
        return cluster.pods(deployment).map(pods -> pods.stream()
                .map(Pod::new)
                .filter(pod -> settings.action() == KubernetesSettings.Action.UNDO
                        ? pod.isOfReplicaSet(returnedTo)
                        : pod.annotation(settings.keyAnnotation()).equals(call.key()))
                .toList());
    }

    /** Whole lines only; each begins with its time, after which the next question asks for those that follow. */
    private ToldRollout print(Pod pod, ToldRollout before, ConnectorCall call) {
        Optional<String> log = call.renewLease().getAsBoolean()
                ? cluster.log(pod.name(), container(pod), before.upTo())
                : Optional.empty();
        if (log.isEmpty()) {
            return before;
        }
        StringBuilder printed = new StringBuilder();
        @Nullable Instant from = before.upTo();
        @Nullable Instant last = from;
        String whole = log.get().substring(0, log.get().lastIndexOf('\n') + 1);
        for (String line : whole.lines().toList()) {
            Optional<Instant> time = time(line);
            if (time.isPresent() && (from == null || time.get().isAfter(from))) {
                printed.append(line.substring(Math.min(line.length(), line.indexOf(' ') + 1)))
                        .append('\n');
                last = time.get();
            }
        }
        if (last == null || printed.isEmpty()) {
            // More than is read at once within one second: the rest of that second is left out.
            return last != null && cluster.isCutOff(log.get())
                    ? before.upTo(
                            pod.name(), last.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1))
                    : before;
        }
        call.log().accept((pod.name().equals(before.pod()) ? "" : pod.name() + " prints:\n") + printed);
        return before.upTo(pod.name(), last);
    }

    private String container(Pod pod) {
        return settings.container() == null ? pod.firstContainer() : settings.container();
    }

    private static Optional<Instant> time(String line) {
        try {
            return Optional.of(Instant.parse(line.substring(0, Math.max(0, line.indexOf(' ')))));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
