package io.gatehouse.rollout.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.ProblemException;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.connector.Connectors;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The deploy tools this node can call, as plans name them. */
@RestController
@RequestMapping("/api/v1/connectors")
class ConnectorsController {

    /**
     * A connector, without addresses and credentials.
     *
     * @param parameters the pattern that each value must match as a whole, by parameter
     * @param giveUpAfter how long an accepted command may take until a person is asked, as PT1H
     */
    record ConnectorRepresentation(
            String name,
            String kind,
            SortedMap<String, String> parameters,
            AfterCrash afterCrash,
            boolean canBeAsked,
            String giveUpAfter) {

        static ConnectorRepresentation of(Connector connector) {
            SortedMap<String, String> parameters = new TreeMap<>();
            connector.parameters().forEach((parameter, pattern) -> parameters.put(parameter, pattern.pattern()));
            return new ConnectorRepresentation(
                    connector.name(),
                    connector.kind(),
                    parameters,
                    connector.afterCrash(),
                    connector.canBeAsked(),
                    connector.giveUpAfter().toString());
        }
    }

    private final Connectors connectors;

    ConnectorsController(Connectors connectors) {
        this.connectors = connectors;
    }

    @GetMapping
    Page<ConnectorRepresentation> list() {
        return new Page<>(connectors.all().stream().toList(), null).map(ConnectorRepresentation::of);
    }

    /** Looks whether the tool can be reached and lets us in, from this node and now. */
    @PostMapping("/{connector}/checks")
    ConnectorCheck check(@PathVariable String connector) {
        return connectors
                .find(connector)
                .orElseThrow(() -> ProblemException.notFound(
                        "connector-not-found", "No such connector", "This node has no connector " + connector + "."))
                .check();
    }
}
