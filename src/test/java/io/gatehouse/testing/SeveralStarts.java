package io.gatehouse.testing;

import io.gatehouse.GatehouseApplication;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Starts the product again and again in one JVM, with the arguments of one line of its input each, separated by tabs, and says how
 * each start ended. For starts that are refused at once: most of their time is the JVM's.
 */
public final class SeveralStarts {

    /** How a start ended that threw something, as it must. */
    public static final String REFUSED = "=== refused ===";

    /** How a start ended that did not. */
    public static final String STARTED = "=== started ===";

    private SeveralStarts() {}

    public static void main(String[] none) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            try {
                GatehouseApplication.main(line.split("\t"));
                System.out.println(STARTED);
            } catch (Throwable refused) {
                System.out.println(REFUSED);
            }
        }
    }
}
