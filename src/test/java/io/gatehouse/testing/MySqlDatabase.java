package io.gatehouse.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** An empty database with its credentials; {@code url} is a complete JDBC address. */
public record MySqlDatabase(String url, String username, String password) {

    /** Opens a connection outside any pool; the caller closes it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, username, password);
    }
}
