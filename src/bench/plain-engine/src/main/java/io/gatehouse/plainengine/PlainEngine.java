package io.gatehouse.plainengine;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Camunda as its starter configures it: no rules, no records, no sign-in. Listens where the benchmark tells it to. */
@SpringBootApplication
public class PlainEngine {

    public static void main(String[] args) {
        SpringApplication.run(PlainEngine.class, args);
    }
}
