package io.gatehouse.tool;

import io.gatehouse.access.ToolAction;
import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Something that calls the API on its own, such as a pipeline. It is never deleted, because records count it by its name.
 *
 * @param name its key, unique for ever; as a caller it is {@code tool:<name>}
 * @param version 1 when it was stored for the first time
 * @param environments where it may act; everywhere when empty
 * @param responsible id of the person who answers for it
 * @param enabled whether its tokens are accepted
 */
public record Tool(
        String name,
        long version,
        String description,
        Set<ToolAction> actions,
        Set<String> services,
        Set<String> environments,
        String responsible,
        boolean enabled,
        String createdBy,
        Instant createdAt) {

    /** Regular expression of a name; short enough to stand in a record with its prefix. */
    public static final String NAME_PATTERN = "[a-z0-9]([a-z0-9.-]{0,48}[a-z0-9])?";

    /** What is told about text that is no name. */
    public static final String NAME_MESSAGE =
            "must be 1 to 50 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit";

    public Tool {
        actions = java.util.Collections.unmodifiableSet(new TreeSet<>(actions));
        services = java.util.Collections.unmodifiableSet(new TreeSet<>(services));
        environments = java.util.Collections.unmodifiableSet(new TreeSet<>(environments));
    }

    String fingerprint() {
        List<String> grants = new ArrayList<>();
        actions.stream().map(Enum::name).sorted().forEach(action -> grants.addAll(List.of("ACTION", action)));
        environments.forEach(environment -> grants.addAll(List.of("ENVIRONMENT", environment)));
        services.forEach(service -> grants.addAll(List.of("SERVICE", service)));
        return Fingerprint.of(
                name, version, description, responsible, enabled, createdBy, createdAt, grants.size() / 2, grants);
    }
}
