package io.gatehouse.audit.verify;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** The rows of a trail as a database gives them, in the order of their numbers; its head says what its last row says. */
record TrailInMemory(List<StoredEntry> entries) {

    private static final LocalDateTime BEGIN = LocalDateTime.parse("2026-11-30T09:00:00.123456");

    static TrailInMemory of(int size, Random random) {
        return new TrailInMemory(List.of()).grownBy(size, random);
    }

    /** With more entries, as the product would write them. */
    TrailInMemory grownBy(int more) {
        return grownBy(more, new Random(entries.size()));
    }

    private TrailInMemory grownBy(int more, Random random) {
        List<StoredEntry> all = new ArrayList<>(entries);
        for (int i = 0; i < more; i++) {
            long number = all.size() + 1L;
            all.add(new StoredEntry(
                    number,
                    BEGIN.plusNanos(1000L * random.nextInt(1_000_000) + number * 1_000_000_000),
                    "person-" + random.nextInt(9),
                    "change.Approved",
                    "CHG-%06d".formatted(random.nextInt(99)),
                    "{\"für\":\"変更 🚀\",\"n\":" + random.nextInt(9) + "}",
                    "",
                    ""));
        }
        return new TrailInMemory(all).writtenAnewFrom(entries.size());
    }

    /** The same rows, each numbered and chained to the one before it again, from a place on. */
    TrailInMemory writtenAnewFrom(int index) {
        List<StoredEntry> all = new ArrayList<>(entries);
        for (int i = index; i < all.size(); i++) {
            StoredEntry row = all.get(i);
            String previous = i == 0 ? Head.START.hash() : all.get(i - 1).hash();
            StoredEntry bare = new StoredEntry(
                    i + 1, row.recordedAt(), row.actor(), row.action(), row.object(), row.payload(), previous, "");
            all.set(i, withHash(bare, bare.expectedHash()));
        }
        return new TrailInMemory(all);
    }

    static StoredEntry withHash(StoredEntry row, String hash) {
        return new StoredEntry(
                row.number(),
                row.recordedAt(),
                row.actor(),
                row.action(),
                row.object(),
                row.payload(),
                row.previousHash(),
                hash);
    }

    /** As a database would give these rows. */
    static TrailInMemory sorted(List<StoredEntry> rows) {
        return new TrailInMemory(
                rows.stream().sorted(Comparator.comparing(StoredEntry::number)).toList());
    }

    List<String> hashes() {
        return entries.stream().map(StoredEntry::hash).toList();
    }

    Head head() {
        if (entries.isEmpty()) {
            return Head.START;
        }
        StoredEntry last = entries.get(entries.size() - 1);
        return new Head(last.number(), last.hash());
    }

    /** The number of the first entry of this trail that is not there in the other, or is another one. */
    int firstDifference(TrailInMemory other) {
        int same = 0;
        while (same < entries.size()
                && same < other.entries.size()
                && entries.get(same).equals(other.entries.get(same))) {
            same++;
        }
        if (same == entries.size() && same == other.entries.size()) {
            throw new IllegalStateException("Nothing was done to this trail");
        }
        return same + 1;
    }
}
