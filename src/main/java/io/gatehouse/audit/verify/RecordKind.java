package io.gatehouse.audit.verify;

import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of record that the trail describes whole: the newest entry about one that says so has the digest of its rows, or
 * that it is gone.
 *
 * @param prefix how the trail names them: {@code service-nova}
 * @param table where they are
 * @param key the column that tells them apart
 * @param parts the rows of other tables that belong to one
 * @param fault a condition on {@code r} that no row meets, whatever its entry says; none if absent
 */
record RecordKind(
        String prefix, Key keyType, ComparedTable table, String key, List<Part> parts, @Nullable String fault) {

    /** How a key is written at the end of a name: as it is, with six or nine digits, in hexadecimal. */
    enum Key {
        TEXT,
        /** As people call it. Names sort as numbers do up to a hundred thousand of a kind. */
        CALLED,
        NUMBER,
        /** The number by which the trail calls a person; -1 of whoever it has never named. */
        PERSON,
        BYTES
    }

    /** Rows that belong to a record, digested after its own: how many there are, then each, sorted by what is in them. */
    record Part(ComparedTable table, String owner) {}

    static RecordKind keyed(String prefix, ComparedTable table, String key, Part... parts) {
        return new RecordKind(prefix, Key.TEXT, table, key, List.of(parts), null);
    }

    static RecordKind numbered(String prefix, ComparedTable table, Part... parts) {
        return new RecordKind(prefix, Key.NUMBER, table, "id", List.of(parts), null);
    }

    static RecordKind ofPeople(String prefix, ComparedTable table, String key, Part... parts) {
        return new RecordKind(prefix, Key.PERSON, table, key, List.of(parts), null);
    }

    static RecordKind called(String prefix, ComparedTable table, Part... parts) {
        return new RecordKind(prefix, Key.CALLED, table, "id", List.of(parts), null);
    }

    static RecordKind hashed(String prefix, ComparedTable table, String key) {
        return new RecordKind(prefix, Key.BYTES, table, key, List.of(), null);
    }

    RecordKind never(String condition) {
        return new RecordKind(prefix, keyType, table, key, parts, condition);
    }

    boolean names(String object) {
        return object.startsWith(prefix)
                && object.substring(prefix.length())
                        .matches(
                                switch (keyType) {
                                    case TEXT -> ".+";
                                    case CALLED -> "-?\\d{5,18}";
                                    case NUMBER, PERSON -> "-?\\d{8,18}";
                                    case BYTES -> "([0-9a-f]{2})+";
                                });
    }

    String objectOf(String keyText) {
        return prefix
                + switch (keyType) {
                    case CALLED -> "%06d".formatted(Long.parseLong(keyText));
                    case NUMBER, PERSON -> "%09d".formatted(Long.parseLong(keyText));
                    case TEXT, BYTES -> keyText;
                };
    }

    Object keyOf(String object) {
        String text = object.substring(prefix.length());
        return switch (keyType) {
            case TEXT -> text;
            case CALLED, NUMBER, PERSON -> Long.parseLong(text);
            case BYTES -> HexFormat.of().parseHex(text);
        };
    }

    /** What to read rows from that have their key in {@link #column}. */
    String rowsOf(ComparedTable any, String owner) {
        return keyType == Key.PERSON
                ? "(select coalesce(p.n, -1) as surrogate, t.* from %s t left join audit_person p on p.person = t.%s) t"
                        .formatted(any.name(), owner)
                : any.name();
    }

    String column(String owner) {
        return keyType == Key.PERSON ? "surrogate" : owner;
    }

    /** The key before all others. */
    Object first() {
        return switch (keyType) {
            case TEXT -> "";
            case CALLED, NUMBER, PERSON -> Long.MIN_VALUE;
            case BYTES -> new byte[0];
        };
    }

    /** The name after all of this kind. */
    String end() {
        return prefix.substring(0, prefix.length() - 1) + (char) (prefix.charAt(prefix.length() - 1) + 1);
    }
}
