package io.gatehouse.rollout.connector;

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
public class Connectors {

    private final Map<String, Connector> byName;

    Connectors(List<ConnectorSource> sources) {
        this.byName = sources.stream()
                .flatMap(source -> source.connectors().stream())
                .collect(toMap(Connector::name, connector -> connector, Connectors::twice, TreeMap::new));
    }

    public Optional<Connector> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<Connector> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    private static Connector twice(Connector one, Connector other) {
        throw new StartRefused("gatehouse.connectors." + one.name() + " is configured as two kinds of connector, "
                + one.kind() + " and " + other.kind() + "; choose one");
    }
}
