package io.gatehouse.rollout.connector;

import java.util.List;

/** Where connectors come from. */
public interface ConnectorSource {

    List<Connector> connectors();
}
