package io.gatehouse.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

@NeedsMySql
class MySqlServerTests {

    @Test
    void isARealMySql(MySqlServer server) throws SQLException {
        try (Connection connection = server.freshDatabase().connect()) {
            assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("MySQL");
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isGreaterThanOrEqualTo(8);
            assertThat(value(connection, "SELECT @@version_comment")).doesNotContain("MariaDB");
        }
    }

    @Test
    void isStartedOncePerJvm(MySqlServer server) {
        assertThat(server).isSameAs(MySqlServer.shared());
    }

    @Test
    void offersReadCommitted(MySqlServer server) throws SQLException {
        try (Connection connection = server.freshDatabase().connect()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);

            assertThat(value(connection, "SELECT @@transaction_isolation")).isEqualTo("READ-COMMITTED");
        }
    }

    @Test
    void keepsEveryCharacterAndItsCase(MySqlServer server) throws SQLException {
        try (Connection connection = server.freshDatabase().connect()) {
            execute(connection, "CREATE TABLE note (text varchar(20))");
            execute(connection, "INSERT INTO note VALUES ('Freigabe 🚀 für 変更')");

            assertThat(value(connection, "SELECT text FROM note")).isEqualTo("Freigabe 🚀 für 変更");
            assertThat(value(connection, "SELECT count(*) FROM note WHERE text = 'freigabe 🚀 für 変更'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void separatesDatabases(MySqlServer server) throws SQLException {
        MySqlDatabase one = server.freshDatabase();
        MySqlDatabase other = server.freshDatabase();
        try (Connection first = one.connect();
                Connection second = other.connect()) {
            execute(first, "CREATE TABLE only_here (id bigint)");

            try (ResultSet tables = second.getMetaData().getTables(null, null, "only_here", null)) {
                assertThat(tables.next()).isFalse();
            }
        }
    }

    @Test
    void tellsUniversalTime(MySqlServer server) throws SQLException {
        try (Connection connection = server.freshDatabase().connect()) {
            assertThat(value(connection, "SELECT timestampdiff(SECOND, utc_timestamp, current_timestamp)"))
                    .isEqualTo("0");
        }
    }

    @Test
    void keepsMicrosecondsAndCutsWholeSeconds(MySqlServer server) throws SQLException {
        Instant instant = Instant.parse("2026-07-01T10:20:30.987654Z");
        try (Connection connection = server.freshDatabase().connect()) {
            execute(connection, "CREATE TABLE moment (ours datetime(6), of_the_engine datetime)");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO moment VALUES (?, ?)")) {
                insert.setObject(1, instant);
                insert.setTimestamp(2, Timestamp.from(instant));
                insert.executeUpdate();
            }

            assertThat(value(connection, "SELECT ours FROM moment")).isEqualTo("2026-07-01 10:20:30.987654");
            assertThat(value(connection, "SELECT of_the_engine FROM moment")).isEqualTo("2026-07-01 10:20:30");
        }
    }

    @Test
    @DisabledIfEnvironmentVariable(named = GivenMySql.VARIABLE, matches = ".+", disabledReason = "not ours to end")
    void endsWithTheProgramThatStartedItEvenIfThatIsKilled(@TempDir Path folder) throws Exception {
        // given a program that started a server
        Path log = folder.resolve("log");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName())
                .redirectError(log.toFile())
                .start();
        String address = new BufferedReader(new InputStreamReader(program.getInputStream(), UTF_8)).readLine();
        assertThat(address).as(Files.readString(log)).startsWith("jdbc:mysql:");
        int port = URI.create(address.substring("jdbc:".length())).getPort();

        // when it is killed
        program.destroyForcibly().waitFor();

        // then nothing listens any more
        await().atMost(Duration.ofSeconds(30)).until(() -> !listens(port));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException nobodyThere) {
            return false;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    /** A program that starts a server, tells its address and keeps it. */
    static final class Holder {

        public static void main(String[] arguments) throws IOException {
            System.out.println(MySqlServer.shared().freshDatabase().url());
            System.in.read();
        }
    }
}
