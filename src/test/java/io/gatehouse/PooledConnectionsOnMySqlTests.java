package io.gatehouse;

import io.gatehouse.testing.OnMySql;

@OnMySql
class PooledConnectionsOnMySqlTests extends PooledConnectionsTests {}
