package io.gatehouse.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;

/** A table of the sample organisation: comma-separated, a header first, no quoting. */
public final class SampleFile {

    private SampleFile() {}

    public static List<Row> rows(String name) {
        List<String> lines = text(name).lines().toList();
        String[] header = lines.get(0).split(",", -1);
        return lines.stream()
                .skip(1)
                .map(line -> Row.of(header, line.split(",", -1)))
                .toList();
    }

    private static String text(String name) {
        try (InputStream file = new ClassPathResource("sample/" + name).getInputStream()) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line, by the header. */
    public record Row(Map<String, String> cells) {

        private static Row of(String[] header, String[] values) {
            Map<String, String> cells = new HashMap<>();
            for (int i = 0; i < header.length; i++) {
                cells.put(header[i], values[i]);
            }
            return new Row(cells);
        }

        public String text(String column) {
            return Objects.requireNonNull(cells.get(column), column);
        }

        /** The words of a cell. */
        public Set<String> words(String column) {
            return text(column).isEmpty() ? Set.of() : Set.of(text(column).split(" "));
        }
    }
}
