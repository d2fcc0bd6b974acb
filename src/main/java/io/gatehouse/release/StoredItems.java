package io.gatehouse.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.change.Artifact;
import java.util.Comparator;
import java.util.List;

/** A package that is only wanted, as it is stored: as a document. */
final class StoredItems {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StoredItems() {}

    /** The same text for the same package. */
    static String write(List<Artifact> items) {
        try {
            return MAPPER.writeValueAsString(items.stream()
                    .sorted(Comparator.comparing(Artifact::service))
                    .toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not writable: " + items, e);
        }
    }

    static List<Artifact> read(String document) {
        try {
            return MAPPER.readValue(document, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored package cannot be read", e);
        }
    }
}
