package io.gatehouse.bench;

import io.gatehouse.testing.MySqlDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What reading costs with few and with many stored changes, and how MySQL finds the rows. */
final class Lists {

    private static final int CALLS = 40;

    private record Read(String person, String path) {}

    private static final Map<String, Read> READS = new LinkedHashMap<>();

    static {
        READS.put("newest changes", new Read("theo", "/api/v1/changes"));
        READS.put("closed changes", new Read("theo", "/api/v1/changes?state=CLOSED"));
        READS.put("changes in assessment", new Read("theo", "/api/v1/changes?state=ASSESS"));
        READS.put("changes of a service", new Read("theo", "/api/v1/changes?service=bench-07"));
        READS.put("changes of an environment", new Read("theo", "/api/v1/changes?environment=staging"));
        READS.put("changes of a type (none)", new Read("theo", "/api/v1/changes?type=STANDARD"));
        READS.put("changes of a requester", new Read("theo", "/api/v1/changes?requester=person13"));
        READS.put("one change", new Read("theo", "/api/v1/changes/CHG-000500"));
        READS.put("newest tasks", new Read("theo", "/api/v1/tasks"));
        READS.put("my tasks", new Read("theo", "/api/v1/tasks?mine=true"));
        READS.put("my tasks (a fifth of all)", new Read("oskar", "/api/v1/tasks?mine=true"));
        READS.put("my tasks (a fiftieth)", new Read("rolf", "/api/v1/tasks?mine=true"));
        READS.put("my tasks (none)", new Read("mona", "/api/v1/tasks?mine=true"));
        READS.put("tasks of a change", new Read("theo", "/api/v1/tasks?number=CHG-000500"));
    }

    private final Server server;
    private final MySqlDatabase database;

    Lists(Server server, MySqlDatabase database) {
        this.server = server;
        this.database = database;
    }

    void compare(long few, long many) throws IOException, InterruptedException, SQLException {
        Timings ignored = new Timings();
        String original = NormalChangeLife.raise(new Caller(server.address(), ignored), 0);
        StoredChanges stored = new StoredChanges(database);
        stored.fillUpTo(few, original);
        read(ignored); // warm up
        Timings withFew = read(new Timings());
        stored.fillUpTo(many, original);
        read(ignored);
        Timings withMany = read(new Timings());
        System.out.printf("  %-28s %12s %12s %7s%n", "median of " + CALLS + " calls, ms", few, many, "ratio");
        for (String name : READS.keySet()) {
            double before = withFew.median(name);
            double after = withMany.median(name);
            System.out.printf("  %-28s %12.1f %12.1f %7.2f%n", name, before, after, after / before);
        }
        explain();
    }

    private Timings read(Timings timings) throws IOException, InterruptedException {
        Caller caller = new Caller(server.address(), timings);
        for (int call = 0; call < CALLS; call++) {
            for (Map.Entry<String, Read> read : READS.entrySet()) {
                caller.get(read.getKey(), read.getValue().person(), read.getValue().path());
            }
        }
        return timings;
    }

    /** Runs the very statements of each read again under {@code EXPLAIN ANALYZE}. */
    private void explain() throws IOException, InterruptedException, SQLException {
        Caller caller = new Caller(server.address(), new Timings());
        for (Map.Entry<String, Read> read : READS.entrySet()) {
            StatementLog log = new StatementLog(database);
            caller.get(read.getKey(), read.getValue().person(), read.getValue().path());
            System.out.println("  " + read.getKey());
            log.explain();
        }
    }
}
