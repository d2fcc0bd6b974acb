package io.gatehouse.testing;

/**
 * Where a MySQL listens and who may create databases there.
 *
 * @param server JDBC address up to the slash before the database's name
 * @param options URL parameters this server needs beyond those every test uses; may be empty
 */
record MySqlEndpoint(String server, String options, String username, String password) {

    /*
     * The engine's datetime columns hold whole seconds and must not be rounded up; its manual asks for
     * sendFractionalSeconds=false, which would take the microseconds of our own datetime(6) columns as well.
     * The time zone makes the driver write instants as UTC whatever zone the JVM runs in, and CURRENT_TIMESTAMP tell
     * UTC. The engine must look for its tables in the current database only.
     */
    private static final String EVERY_TEST = "connectTimeout=5000&socketTimeout=60000"
            + "&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true&nullCatalogMeansCurrent=true"
            + "&sessionVariables=sql_mode=concat(@@sql_mode,',TIME_TRUNCATE_FRACTIONAL')";

    static MySqlEndpoint onLoopback(int port, String username, String password) {
        return new MySqlEndpoint(
                "jdbc:mysql://127.0.0.1:" + port + "/",
                "sslMode=DISABLED&allowPublicKeyRetrieval=true",
                username,
                password);
    }

    /** Reads an address such as {@code jdbc:mysql://host:3306/any?sslMode=REQUIRED}; its database is left alone. */
    static MySqlEndpoint parse(String url, String username, String password) {
        int query = url.indexOf('?');
        String address = query < 0 ? url : url.substring(0, query);
        String options = query < 0 ? "" : url.substring(query + 1);
        int slash = address.indexOf('/', "jdbc:mysql://".length());
        String server = slash < 0 ? address + "/" : address.substring(0, slash + 1);
        return new MySqlEndpoint(server, options, username, password);
    }

    MySqlDatabase database(String name) {
        String parameters = options.isEmpty() ? EVERY_TEST : EVERY_TEST + "&" + options;
        return new MySqlDatabase(server + name + "?" + parameters, username, password);
    }
}
