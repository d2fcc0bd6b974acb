package io.gatehouse.change;

import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is approved when a change is: what is changed where and when, what it brings, and the plan by which it is done. */
record Scope(
        ChangeType type,
        @Nullable String template,
        String environment,
        Instant startsAt,
        Instant endsAt,
        List<Item> items,
        @Nullable String plan) {

    /** A service and what will run there afterwards, when it gets a new version. */
    record Item(String service, @Nullable String version, @Nullable String digest) {

        Optional<Artifact> artifact() {
            return Optional.ofNullable(version).map(given -> new Artifact(service, given, digest));
        }
    }

    Scope {
        items = items.stream().sorted(Comparator.comparing(Item::service)).toList();
    }

    /** The scope of a change whose details are loaded. */
    static Scope of(Change change, @Nullable String plan) {
        return new Scope(
                change.type(),
                change.template(),
                change.environment(),
                change.window().startsAt(),
                change.window().endsAt(),
                items(change),
                plan);
    }

    private static List<Item> items(Change change) {
        Map<String, Item> items = new HashMap<>();
        change.services().forEach(service -> items.put(service, new Item(service, null, null)));
        change.artifacts()
                .forEach(artifact -> items.put(
                        artifact.service(), new Item(artifact.service(), artifact.version(), artifact.digest())));
        return List.copyOf(items.values());
    }

    /** The fingerprint of the services and versions alone, wherever, whenever and however they are put. */
    static String brings(List<Item> items) {
        return Fingerprint.of(
                items.size(),
                items.stream()
                        .sorted(Comparator.comparing(Item::service))
                        .flatMap(item -> Stream.of(item.service(), item.version(), item.digest()))
                        .toList());
    }

    Set<String> services() {
        return new TreeSet<>(items.stream().map(Item::service).toList());
    }

    String fingerprint() {
        return Fingerprint.of(
                type,
                template,
                environment,
                startsAt,
                endsAt,
                items.size(),
                items.stream()
                        .flatMap(item -> Stream.of(item.service(), item.version(), item.digest()))
                        .toList(),
                plan);
    }
}
