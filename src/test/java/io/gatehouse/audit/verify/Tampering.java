package io.gatehouse.audit.verify;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ways somebody with write access to the database could change a trail; every one leaves it different. */
enum Tampering {
    FLIP_BIT_IN_TEXT {
        @Override
        void apply(JdbcClient jdbc, Random random, long entries) {
            String column = pick(List.of("actor", "action", "object", "payload", "previous_hash", "hash"), random);
            long n = 1 + random.nextLong(entries);
            String text = jdbc.sql("select " + column + " from audit_entry where n = ?")
                    .param(n)
                    .query(String.class)
                    .single();
            update(jdbc, "update audit_entry set " + column + " = ? where n = ?", flip(text, random), n);
        }
    },
    SHIFT_TIME {
        @Override
        void apply(JdbcClient jdbc, Random random, long entries) {
            long n = 1 + random.nextLong(entries);
            LocalDateTime time = jdbc.sql("select recorded_at from audit_entry where n = ?")
                    .param(n)
                    .query(LocalDateTime.class)
                    .single();
            Duration shift = Duration.ofNanos(1000L << random.nextInt(40));
            update(jdbc, "update audit_entry set recorded_at = ? where n = ?", time.plus(shift), n);
        }
    },
    RENUMBER {
        @Override
        void apply(JdbcClient jdbc, Random random, long entries) {
            long n = 1 + random.nextLong(entries);
            update(jdbc, "update audit_entry set n = ? where n = ?", entries + 1 + random.nextLong(1000), n);
        }
    },
    DELETE_ENTRY {
        @Override
        void apply(JdbcClient jdbc, Random random, long entries) {
            update(jdbc, "delete from audit_entry where n = ?", 1 + random.nextLong(entries));
        }
    },
    DELETE_AND_CLOSE_THE_GAP {
        @Override
        void apply(JdbcClient jdbc, Random random, long entries) {
            long n = 1 + random.nextLong(entries - 1);
            update(jdbc, "delete from audit_entry where n = ?", n);
            update(jdbc, "update audit_entry set n = ? where n = ?", n, entries);
            update(jdbc, "update audit_head set n = ? where id = 1", entries - 1);
        }
    },
    SWAP_NEIGHBOURS {
        @Override
        void apply(JdbcClient jdbc, Random random, long entries) {
            long n = 1 + random.nextLong(entries - 1);
            update(jdbc, "update audit_entry set n = -1 where n = ?", n);
            update(jdbc, "update audit_entry set n = ? where n = ?", n, n + 1);
            update(jdbc, "update audit_entry set n = ? where n = -1", n + 1);
        }
    },
    APPEND_WITHOUT_THE_HEAD {
        @Override
        void apply(JdbcClient jdbc, Random random, long entries) {
            update(
                    jdbc,
                    COPY + "previous_hash, hash from audit_entry where n = ?",
                    entries + 1,
                    1 + random.nextLong(entries));
        }
    },
    APPEND_WITH_THE_HEAD {
        @Override
        void apply(JdbcClient jdbc, Random random, long entries) {
            update(jdbc, COPY + "hash, hash from audit_entry where n = ?", entries + 1, entries);
            update(jdbc, "update audit_head set n = ? where id = 1", entries + 1);
        }
    },
    CUT_OFF_THE_END {
        @Override
        void apply(JdbcClient jdbc, Random random, long entries) {
            update(jdbc, "delete from audit_entry where n > ?", random.nextLong(entries));
        }
    },
    TURN_BACK_THE_HEAD {
        @Override
        void apply(JdbcClient jdbc, Random random, long entries) {
            turnHeadBack(jdbc, 1 + random.nextLong(entries - 1));
        }
    },
    CUT_OFF_THE_END_AND_TURN_BACK_THE_HEAD {
        @Override
        void apply(JdbcClient jdbc, Random random, long entries) {
            long last = 1 + random.nextLong(entries - 1);
            update(jdbc, "delete from audit_entry where n > ?", last);
            turnHeadBack(jdbc, last);
        }
    },
    FLIP_BIT_IN_HEAD {
        @Override
        void apply(JdbcClient jdbc, Random random, long entries) {
            String hash =
                    jdbc.sql("select hash from audit_head").query(String.class).single();
            update(jdbc, "update audit_head set hash = ?", flip(hash, random));
        }
    },
    MOVE_THE_HEAD {
        @Override
        void apply(JdbcClient jdbc, Random random, long entries) {
            update(jdbc, "update audit_head set id = ?", 2 + random.nextInt(100));
        }
    },
    SECOND_HEAD {
        @Override
        void apply(JdbcClient jdbc, Random random, long entries) {
            update(
                    jdbc,
                    "insert into audit_head (id, n, hash) select ?, n, hash from audit_head",
                    2 + random.nextInt(9));
        }
    },
    WRITE_ANEW_FROM_AN_ENTRY {
        @Override
        void apply(JdbcClient jdbc, Random random, long entries) {
            long from = 1 + random.nextLong(entries);
            update(jdbc, "update audit_entry set actor = 'nobody' where n = ?", from);
            for (long n = from; n <= entries; n++) {
                rehash(jdbc, n);
            }
            turnHeadBack(jdbc, entries);
        }
    };

    private static final String COPY =
            "insert into audit_entry select ?, recorded_at, actor, action, object, payload, ";

    abstract void apply(JdbcClient jdbc, Random random, long entries);

    /** Whether only a head kept elsewhere can tell: the trail left behind is a valid one. */
    boolean needsKnownHead() {
        return this == CUT_OFF_THE_END_AND_TURN_BACK_THE_HEAD || this == WRITE_ANEW_FROM_AN_ENTRY;
    }

    private static void rehash(JdbcClient jdbc, long n) {
        String previous = n == 1
                ? Head.START.hash()
                : jdbc.sql("select hash from audit_entry where n = ?")
                        .param(n - 1)
                        .query(String.class)
                        .single();
        update(jdbc, "update audit_entry set previous_hash = ? where n = ?", previous, n);
        String hash = jdbc.sql("select * from audit_entry where n = ?")
                .param(n)
                .query((row, i) -> StoredEntry.read(row).expectedHash())
                .single();
        update(jdbc, "update audit_entry set hash = ? where n = ?", hash, n);
    }

    private static void turnHeadBack(JdbcClient jdbc, long n) {
        Map<String, Object> entry = jdbc.sql("select hash from audit_entry where n = ?")
                .param(n)
                .query()
                .singleRow();
        update(jdbc, "update audit_head set n = ?, hash = ?", n, entry.get("hash"));
    }

    private static String flip(String text, Random random) {
        int at = random.nextInt(text.length());
        // Within seven bits, so that ASCII stays something every database accepts.
        char flipped = (char) (text.charAt(at) ^ (1 << random.nextInt(text.charAt(at) < 128 ? 5 : 4)));
        return text.substring(0, at) + flipped + text.substring(at + 1);
    }

    private static String pick(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static void update(JdbcClient jdbc, String sql, Object... values) {
        if (jdbc.sql(sql).params(values).update() == 0) {
            throw new IllegalStateException("Nothing to tamper with: " + sql);
        }
    }
}
