package io.gatehouse.testing;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The distribution's own mysqld, unpacked once into a cache folder and never installed.
 *
 * @param folder the cache; the system property {@code gatehouse.test.cache} moves it
 */
record UnpackedMySql(Path folder) implements MySqlSource {

    static UnpackedMySql inCache() {
        String home =
                Path.of(System.getProperty("user.home"), ".cache", "gatehouse").toString();
        return new UnpackedMySql(Path.of(System.getProperty("gatehouse.test.cache", home), "mysql"));
    }

    @Override
    public MySqlEndpoint start(Durability durability) {
        Program.Result unpacked = Program.run(
                Duration.ofMinutes(10),
                "bash",
                MySqlProcess.script("unpack-mysql.sh").toString(),
                folder.toString());
        if (unpacked.failed()) {
            throw new ResourceUnavailableException(
                    "the distribution's packages could not be unpacked (" + unpacked.lastLine() + ")");
        }
        return MySqlProcess.start(
                "mysqld",
                "run-mysql.sh",
                "gatehouse",
                durability.word(),
                folder.resolve("root").toString());
    }
}
