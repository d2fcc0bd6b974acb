package io.gatehouse.change;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a requester writes, and may rewrite until the change is implemented; rewriting voids every approval. */
public record ChangeContent(
        String title,
        @Nullable String description,
        Set<String> services,
        String environment,
        Window window,
        Plans plans,
        Questionnaire questionnaire,
        List<Link> links,
        List<Artifact> artifacts) {

    public ChangeContent {
        services = java.util.Collections.unmodifiableSet(new TreeSet<>(services));
        links = List.copyOf(links);
        artifacts = List.copyOf(artifacts);
    }
}
