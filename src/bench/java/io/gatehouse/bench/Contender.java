package io.gatehouse.bench;

import io.gatehouse.testing.MySqlDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** A running server and the life that changes live on it. */
record Contender(String name, Server server, MySqlDatabase database, Life life) implements AutoCloseable {

    /** Lives at least so many lives, until the JVM has compiled what it will compile. */
    void warmUp(int lives) throws InterruptedException, ExecutionException {
        for (long lived = 0; lived < lives; ) {
            lived += Load.run(server.address(), life, 4, Duration.ofSeconds(1)).lives();
        }
    }

    /** Lets {@code workers} live lives for a while; returns how many there were in a second, and may print what it took. */
    double measure(int workers, Duration duration, boolean print) throws SQLException, InterruptedException, ExecutionException {
        Meter before = Meter.read(database, server);
        Load load = Load.run(server.address(), life, workers, duration);
        Meter after = Meter.read(database, server);
        if (print) {
            System.out.printf(
                    "%s, %d workers: %.1f lives/s (%d lives in %.1f s)%n",
                    name, workers, load.livesPerSecond(), load.lives(), load.took().toMillis() / 1000.0);
            after.print(before, load.lives());
            load.timings().print();
        }
        return load.livesPerSecond();
    }

    @Override
    public void close() {
        server.close();
    }
}
