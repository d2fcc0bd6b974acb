package io.gatehouse.audit.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What somebody who can write to the database could do to a trail; the head is made to fit each time. */
enum InMemoryTampering {
    FLIP_BIT {
        @Override
        TrailInMemory apply(TrailInMemory trail, Random random) {
            List<StoredEntry> rows = new ArrayList<>(trail.entries());
            int at = random.nextInt(rows.size());
            rows.set(at, flipped(rows.get(at), random.nextInt(8), random));
            return TrailInMemory.sorted(rows);
        }
    },
    FLIP_BIT_AND_HASH_IT_ANEW {
        @Override
        TrailInMemory apply(TrailInMemory trail, Random random) {
            List<StoredEntry> rows = new ArrayList<>(trail.entries());
            int at = random.nextInt(rows.size());
            StoredEntry flipped = flipped(rows.get(at), 1 + random.nextInt(5), random);
            rows.set(at, TrailInMemory.withHash(flipped, flipped.expectedHash()));
            return new TrailInMemory(rows);
        }
    },
    DELETE {
        @Override
        TrailInMemory apply(TrailInMemory trail, Random random) {
            return new TrailInMemory(
                    without(trail, random.nextInt(trail.entries().size())));
        }
    },
    DELETE_AND_WRITE_ANEW {
        @Override
        TrailInMemory apply(TrailInMemory trail, Random random) {
            int at = random.nextInt(trail.entries().size());
            return new TrailInMemory(without(trail, at)).writtenAnewFrom(at);
        }
    },
    INSERT {
        @Override
        TrailInMemory apply(TrailInMemory trail, Random random) {
            List<StoredEntry> rows = new ArrayList<>(trail.entries());
            StoredEntry copy = rows.get(random.nextInt(rows.size()));
            long number = random.nextBoolean() ? -random.nextInt(9) : rows.size() + 2 + random.nextInt(9);
            rows.add(numbered(copy, number));
            return TrailInMemory.sorted(rows);
        }
    },
    INSERT_AND_NUMBER_ANEW {
        @Override
        TrailInMemory apply(TrailInMemory trail, Random random) {
            List<StoredEntry> rows =
                    inserted(trail, random.nextInt(trail.entries().size()), random);
            for (int i = 0; i < rows.size(); i++) {
                rows.set(i, numbered(rows.get(i), i + 1));
            }
            return new TrailInMemory(rows);
        }
    },
    INSERT_AND_WRITE_ANEW {
        @Override
        TrailInMemory apply(TrailInMemory trail, Random random) {
            int at = random.nextInt(trail.entries().size());
            return new TrailInMemory(inserted(trail, at, random)).writtenAnewFrom(at);
        }
    },
    SWAP {
        @Override
        TrailInMemory apply(TrailInMemory trail, Random random) {
            List<StoredEntry> rows = new ArrayList<>(trail.entries());
            int one = random.nextInt(rows.size());
            int other = another(one, rows.size(), random);
            rows.set(one, numbered(trail.entries().get(other), one + 1));
            rows.set(other, numbered(trail.entries().get(one), other + 1));
            return new TrailInMemory(rows);
        }
    },
    SWAP_AND_WRITE_ANEW {
        @Override
        TrailInMemory apply(TrailInMemory trail, Random random) {
            List<StoredEntry> rows = new ArrayList<>(trail.entries());
            int one = random.nextInt(rows.size());
            int other = another(one, rows.size(), random);
            Collections.swap(rows, one, other);
            return new TrailInMemory(rows).writtenAnewFrom(Math.min(one, other));
        }
    },
    CUT_OFF {
        @Override
        TrailInMemory apply(TrailInMemory trail, Random random) {
            return new TrailInMemory(
                    trail.entries().subList(0, random.nextInt(trail.entries().size())));
        }
    },
    CUT_OFF_AND_GO_ON {
        @Override
        TrailInMemory apply(TrailInMemory trail, Random random) {
            int left = random.nextInt(trail.entries().size());
            return new TrailInMemory(trail.entries().subList(0, left))
                    .grownBy(trail.entries().size());
        }
    },
    WRITE_ANEW {
        @Override
        TrailInMemory apply(TrailInMemory trail, Random random) {
            List<StoredEntry> rows = new ArrayList<>(trail.entries());
            int at = random.nextInt(rows.size());
            rows.set(at, flipped(rows.get(at), 1 + random.nextInt(5), random));
            return new TrailInMemory(rows).writtenAnewFrom(at);
        }
    };

    abstract TrailInMemory apply(TrailInMemory trail, Random random);

    private static List<StoredEntry> without(TrailInMemory trail, int at) {
        List<StoredEntry> rows = new ArrayList<>(trail.entries());
        rows.remove(at);
        return rows;
    }

    private static List<StoredEntry> inserted(TrailInMemory trail, int at, Random random) {
        List<StoredEntry> rows = new ArrayList<>(trail.entries());
        // Else it could be the very entry that is there already.
        rows.add(at, flipped(rows.get(random.nextInt(rows.size())), 2, random));
        return rows;
    }

    private static int another(int one, int size, Random random) {
        return (one + 1 + random.nextInt(size - 1)) % size;
    }

    private static StoredEntry numbered(StoredEntry row, long number) {
        return new StoredEntry(
                number,
                row.recordedAt(),
                row.actor(),
                row.action(),
                row.object(),
                row.payload(),
                row.previousHash(),
                row.hash());
    }

    /** The first column is left to a bit above all numbers that are in use, because two rows cannot have the same one. */
    private static StoredEntry flipped(StoredEntry row, int column, Random random) {
        return new StoredEntry(
                column == 0 ? row.number() ^ (1L << (7 + random.nextInt(56))) : row.number(),
                column == 1 ? row.recordedAt().plusNanos(1000L << random.nextInt(40)) : row.recordedAt(),
                column == 2 ? flipped(row.actor(), random) : row.actor(),
                column == 3 ? flipped(row.action(), random) : row.action(),
                column == 4 ? flipped(row.object(), random) : row.object(),
                column == 5 ? flipped(row.payload(), random) : row.payload(),
                column == 6 ? flipped(row.previousHash(), random) : row.previousHash(),
                column == 7 ? flipped(row.hash(), random) : row.hash());
    }

    private static String flipped(String text, Random random) {
        int at = random.nextInt(text.length());
        // Within seven bits, so that ASCII stays something every database accepts.
        char flipped = (char) (text.charAt(at) ^ (1 << random.nextInt(text.charAt(at) < 128 ? 5 : 4)));
        return text.substring(0, at) + flipped + text.substring(at + 1);
    }
}
