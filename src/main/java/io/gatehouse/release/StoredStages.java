package io.gatehouse.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stages as they are stored, as a document of their own: what is written of them is always read and written together. */
final class StoredStages {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private StoredStages() {}

    /** The same text for the same stages; none for none. */
    static @Nullable String write(List<?> stages) {
        try {
            return stages.isEmpty() ? null : MAPPER.writeValueAsString(stages);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not writable: " + stages, e);
        }
    }

    static List<ReleaseStage> read(@Nullable String document) {
        return document == null ? List.of() : read(document, new TypeReference<>() {});
    }

    static List<TemplateStage> readOfTemplate(@Nullable String document) {
        return document == null ? List.of() : read(document, new TypeReference<>() {});
    }

    static List<TemplateCriterion> readCriteria(@Nullable String document) {
        return document == null ? List.of() : read(document, new TypeReference<>() {});
    }

    private static <T> T read(String document, TypeReference<T> type) {
        try {
            return MAPPER.readValue(document, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Stored stages cannot be read", e);
        }
    }
}
