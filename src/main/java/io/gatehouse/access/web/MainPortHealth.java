package io.gatehouse.access.web;

import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.HttpCodeStatusMapper;
import org.springframework.boot.actuate.health.Status;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Up or down, for load balancers, at the addresses where it is without a management port: with one, Spring Boot moves all
 * it offers there, and the new port may be out of a load balancer's reach.
 */
@RestController
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class MainPortHealth {

    private final HealthEndpoint health;
    private final HttpCodeStatusMapper codes;

    MainPortHealth(HealthEndpoint health, HttpCodeStatusMapper codes) {
        this.health = health;
        this.codes = codes;
    }

    @GetMapping("/actuator/health")
    ResponseEntity<Map<String, String>> all() {
        return answer(health.health());
    }

    @GetMapping("/actuator/health/liveness")
    ResponseEntity<Map<String, String>> liveness() {
        return answer(health.healthForPath("liveness"));
    }

    @GetMapping("/actuator/health/readiness")
    ResponseEntity<Map<String, String>> readiness() {
        return answer(health.healthForPath("readiness"));
    }

    private ResponseEntity<Map<String, String>> answer(HealthComponent component) {
        Status status = component.getStatus();
        return ResponseEntity.status(codes.getStatusCode(status)).body(Map.of("status", status.getCode()));
    }
}
