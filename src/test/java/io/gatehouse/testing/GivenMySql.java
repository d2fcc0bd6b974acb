package io.gatehouse.testing;

import java.sql.SQLException;
import java.util.Map;

/** The server named by {@code MYSQL_TEST_URL}; how durable it commits is its owner's choice. */
record GivenMySql(Map<String, String> environment) implements MySqlSource {

    static final String VARIABLE = "MYSQL_TEST_URL";

    boolean isPresent() {
        return environment.containsKey(VARIABLE);
    }

    @Override
    public MySqlEndpoint start(Durability durability) {
        String url = environment.get(VARIABLE);
        if (url == null) {
            throw new ResourceUnavailableException(VARIABLE + " is not set");
        }
        MySqlEndpoint endpoint = MySqlEndpoint.parse(
                url,
                environment.getOrDefault("MYSQL_TEST_USER", "root"),
                environment.getOrDefault("MYSQL_TEST_PASSWORD", ""));
        checkAnswer(endpoint);
        return endpoint;
    }

    private static void checkAnswer(MySqlEndpoint endpoint) {
        try {
            endpoint.database("").connect().close();
        } catch (SQLException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new ResourceUnavailableException(VARIABLE + " names none that answers (" + reason + ")");
        }
    }
}
