package io.gatehouse.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The rows of all files of the permission table, by their names; a name comes once. */
@Component
class PermissionTable {

    private static final String FILES = "classpath*:permissions/*.csv";

    private final SortedMap<String, PermissionRow> rows = new TreeMap<>();

    PermissionTable(ResourcePatternResolver resources) {
        try {
            for (Resource file : resources.getResources(FILES)) {
                PermissionFile.read(file).forEach(this::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(PermissionRow row) {
        if (rows.putIfAbsent(row.name(), row) != null) {
            throw new PermissionTableException("The permission table has two rows '" + row.name() + "'");
        }
    }

    SortedMap<String, PermissionRow> rows() {
        return Collections.unmodifiableSortedMap(rows);
    }
}
