package io.gatehouse.bench;

import io.gatehouse.testing.MySqlDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** What the changes are about: one tier 2 service per worker, because two changes of one service exclude each other. */
final class Organisation {

    static final String ENVIRONMENT = "production";
    static final int SERVICES = 64;

    private Organisation() {}

    static String service(int worker) {
        return "bench-%02d".formatted(worker % SERVICES);
    }

    static void seed(MySqlDatabase database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                PreparedStatement service = connection.prepareStatement(
                        "insert into service (service_key, name, tier, owner_group, version)"
                                + " values (?, 'Benchmark', 2, 'technical-approver', 1)")) {
            statement.execute(
                    """
                    insert ignore into environment (environment_key, name, kind, stage_order, production, version)
                    values ('production', 'Production', 'PRODUCTION', 3, true, 1)""");
            for (int worker = 0; worker < SERVICES; worker++) {
                service.setString(1, service(worker));
                service.addBatch();
            }
            service.executeBatch();
        }
    }
}
