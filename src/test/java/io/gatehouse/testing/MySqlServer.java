package io.gatehouse.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A real MySQL for tests and benchmarks, started once per JVM when first asked for.
 *
 * <p>Taken from, in this order: the environment variable {@code MYSQL_TEST_URL} (with {@code MYSQL_TEST_USER} and
 * {@code MYSQL_TEST_PASSWORD}); Docker; the distribution's packages, unpacked into a cache folder. The last two listen
 * on 127.0.0.1 only and end, data included, with this JVM even if that is killed.
 */
public final class MySqlServer {

    private static final Once<MySqlServer> SHARED = new Once<>(() -> start(Durability.FAST));
    private static final Once<MySqlServer> DURABLE = new Once<>(() -> start(Durability.DURABLE));
    private static final Once<MySqlServer> STOCK = new Once<>(() -> start(Durability.STOCK));

    private final MySqlEndpoint endpoint;
    private final Queue<String> created = new ConcurrentLinkedQueue<>();

    private MySqlServer(MySqlEndpoint endpoint, boolean outlivesUs) {
        this.endpoint = endpoint;
        if (outlivesUs) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::dropCreated));
        }
    }

    /**
     * The server of the ordinary tests, which does not wait for the disk.
     *
     * @throws ResourceUnavailableException if this machine has no way to one
     */
    public static MySqlServer shared() {
        return SHARED.get();
    }

    /**
     * The server of benchmarks: as operators get it, with its binary log, to which each commit is written as well.
     *
     * @throws ResourceUnavailableException if this machine has no way to one
     */
    public static MySqlServer stock() {
        return STOCK.get();
    }

    /**
     * The server of crash tests: a commit returns when it is on disk.
     *
     * @throws ResourceUnavailableException if this machine has no way to one
     */
    public static MySqlServer durable() {
        return DURABLE.get();
    }

    private static MySqlServer start(Durability durability) {
        GivenMySql given = new GivenMySql(System.getenv());
        List<MySqlSource> sources =
                given.isPresent() ? List.of(given) : List.of(given, new DockerMySql(), UnpackedMySql.inCache());
        List<String> reasons = new ArrayList<>();
        for (MySqlSource source : sources) {
            try {
                return new MySqlServer(source.start(durability), source == given);
            } catch (ResourceUnavailableException e) {
                reasons.add(e.getMessage());
            }
        }
        throw new ResourceUnavailableException("No MySQL to test with: " + String.join(", ", reasons) + ".");
    }

    /** Creates an empty utf8mb4 database that compares text byte by byte, as the embedded database does. */
    public MySqlDatabase freshDatabase() {
        String name = "gatehouse_" + UUID.randomUUID().toString().replace("-", "");
        execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        created.add(name);
        return endpoint.database(name);
    }

    private void dropCreated() {
        created.forEach(name -> execute("DROP DATABASE " + name));
    }

    private void execute(String sql) {
        try (Connection connection = endpoint.database("").connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + " failed on " + endpoint.server(), e);
        }
    }
}
