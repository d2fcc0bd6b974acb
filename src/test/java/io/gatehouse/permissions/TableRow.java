package io.gatehouse.permissions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A line of the table as it stands in the repository: its first column, and the others by their heads. */
record TableRow(String name, Map<String, String> cells) {

    /** Every column that is a role. */
    static final List<String> ROLES = Arrays.asList(header().split(",")).subList(5, 18);

    static List<TableRow> of(String file) {
        try {
            List<String> lines = Files.readAllLines(path(file));
            String[] header = lines.get(0).split(",");
            List<TableRow> rows = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                rows.add(read(header, line.split(",", header.length)));
            }
            return rows;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TableRow read(String[] header, String[] values) {
        Map<String, String> cells = new HashMap<>();
        for (int i = 1; i < header.length; i++) {
            cells.put(header[i], values[i]);
        }
        return new TableRow(values[0], cells);
    }

    private static Path path(String file) {
        return Path.of("src/main/resources/permissions", file);
    }

    private static String header() {
        try {
            return Files.readAllLines(path("api.csv")).get(0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean says(String column, String word) {
        return word.equals(cells.get(column));
    }

    /** Whether any of these roles has that word. */
    boolean saysForAny(Set<String> roles, String word) {
        return roles.stream().anyMatch(role -> says(role, word));
    }

    String method() {
        return name.substring(0, name.indexOf(' '));
    }

    String address() {
        return name.substring(name.indexOf(' ') + 1);
    }

    /** Whether the address names one thing of a collection. */
    boolean isAboutOne() {
        return name.contains("/{");
    }

    /** The address of the collection. */
    String collection() {
        return isAboutOne() ? address().substring(0, address().indexOf("/{")) : address();
    }

    /** The name of the row that shows the same thing. */
    String showing() {
        return "GET " + address().substring(0, address().indexOf('}') + 1);
    }
}
