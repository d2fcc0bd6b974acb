package io.gatehouse.testing;

import java.time.Duration;

/** A container of the official image, removed when this JVM ends. */
record DockerMySql() implements MySqlSource {

    @Override
    public MySqlEndpoint start(Durability durability) {
        if (!Program.succeeds(Duration.ofSeconds(20), "docker", "info")) {
            throw new ResourceUnavailableException("Docker is not running");
        }
        return MySqlProcess.start("Docker", "run-docker-mysql.sh", "root", durability.word());
    }
}
