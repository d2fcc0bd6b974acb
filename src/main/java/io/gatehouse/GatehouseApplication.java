package io.gatehouse;

import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Gatehouse: the process engine, its web applications, the API and the pages in one JVM. */
@SpringBootApplication
public class GatehouseApplication {

    public static void main(String[] args) {
        // The engine writes its dates in the zone of the JVM: in any other zone the hour that repeats in autumn would
        // make timers ambiguous, and nodes in different zones would disagree.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        SpringApplication.run(GatehouseApplication.class, args);
    }
}
