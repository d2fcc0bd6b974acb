package io.gatehouse.change;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a requester fills in of a standard change, where its template leaves it open. */
public record OpenDetails(@Nullable String description, List<Link> links, List<Artifact> artifacts) {

    public static final OpenDetails NONE = new OpenDetails(null, List.of(), List.of());

    public OpenDetails {
        links = List.copyOf(links);
        artifacts = List.copyOf(artifacts);
    }

    /** The fields in which something is said. */
    Set<OpenField> filled() {
        Set<OpenField> filled = EnumSet.noneOf(OpenField.class);
        if (description != null) {
            filled.add(OpenField.DESCRIPTION);
        }
        if (!links.isEmpty()) {
            filled.add(OpenField.LINKS);
        }
        if (!artifacts.isEmpty()) {
            filled.add(OpenField.ARTIFACTS);
        }
        return filled;
    }
}
