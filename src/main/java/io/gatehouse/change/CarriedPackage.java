package io.gatehouse.change;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a package when a change is to bring it somewhere.
 *
 * @param template the key of the template of standard changes that is named for it
 * @param environment the key of the one that it is brought to
 * @param plans how it is done, as far as somebody has written that
 * @param fixed whether nobody wants another package in its place
 * @param needsDataMigration whether something that it depends on converts stored data
 * @param requester the id of whoever will request the change
 * @param authors the ids of those who wrote something of it
 */
public record CarriedPackage(
        @Nullable String template,
        String environment,
        List<Artifact> items,
        Plans plans,
        Questionnaire questionnaire,
        boolean fixed,
        boolean needsDataMigration,
        String requester,
        Set<String> authors) {

    Set<String> services() {
        return items.stream().map(Artifact::service).collect(Collectors.toSet());
    }
}
