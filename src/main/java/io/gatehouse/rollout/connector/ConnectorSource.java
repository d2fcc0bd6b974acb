package io.gatehouse.rollout.connector;

import java.util.List;

/** A kind of connector, contributing those of its kind that are configured. */
public interface ConnectorSource {

    List<Connector> connectors();
}
