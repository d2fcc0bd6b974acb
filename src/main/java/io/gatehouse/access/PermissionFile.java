package io.gatehouse.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;

/** One file of the permission table: comma-separated, a header first; only the last column, the reason, may be quoted. */
final class PermissionFile {

    private PermissionFile() {}

    static List<PermissionRow> read(Resource file) {
        List<String> lines = text(file).lines().toList();
        String[] header = lines.get(0).split(",", -1);
        List<String> wanted = Stream.of(PermissionRow.FIRST_COLUMNS, Roles.ALL, List.of("why"))
                .flatMap(List::stream)
                .toList();
        if (!List.of(header).subList(1, header.length).equals(wanted)) {
            throw new PermissionTableException(file.getFilename() + " must have the columns " + wanted);
        }
        List<PermissionRow> rows = new ArrayList<>();
        for (int line = 1; line < lines.size(); line++) {
            rows.add(row(file.getFilename() + ", line " + (line + 1), header, lines.get(line)));
        }
        return rows;
    }

    private static PermissionRow row(String place, String[] header, String line) {
        String[] values = line.split(",", header.length);
        if (values.length < header.length) {
            throw new PermissionTableException(place + ": expected " + header.length + " columns");
        }
        Map<String, String> cells = new HashMap<>();
        for (int i = 0; i < header.length; i++) {
            cells.put(header[i], values[i].strip());
        }
        try {
            return PermissionRow.of(values[0].strip(), cells);
        } catch (PermissionTableException e) {
            throw new PermissionTableException(place + ": " + e.getMessage());
        }
    }

    private static String text(Resource file) {
        try (InputStream content = file.getInputStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
