package io.gatehouse.release.communication;

import io.gatehouse.release.Moment;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who hears what of a release at a moment.
 *
 * @param stage which stage it has passed; only of {@link Moment#STAGE_PASSED}
 * @param template the key of the template by which they are told
 */
public record CommunicationEntry(Moment moment, @Nullable String stage, String template, List<Audience> audience) {

    public CommunicationEntry {
        audience = audience.stream()
                .sorted(Comparator.comparing((Audience one) -> one.kind().name())
                        .thenComparing(Audience::name))
                .toList();
    }

    CommunicationEntry without(String address) {
        return new CommunicationEntry(
                moment,
                stage,
                template,
                audience.stream()
                        .filter(one -> one.kind() != Audience.Kind.ADDRESS
                                || !one.name().equalsIgnoreCase(address))
                        .toList());
    }
}
