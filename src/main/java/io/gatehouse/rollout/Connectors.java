package io.gatehouse.rollout;

import static java.util.stream.Collectors.toMap;

import io.gatehouse.api.StartRefused;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The deploy tools an operator has connected. */
@Component
class Connectors {

    private final Map<String, Connector> byName;

    Connectors(List<ConnectorSource> sources) {
        this.byName = sources.stream()
                .flatMap(source -> source.connectors().stream())
                .collect(toMap(Connector::name, connector -> connector, Connectors::twice, TreeMap::new));
    }

    Optional<Connector> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Collection<Connector> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    private static Connector twice(Connector one, Connector other) {
        throw new StartRefused(
                "gatehouse.connectors." + one.name() + " is configured as two kinds of connector; choose one");
    }
}
