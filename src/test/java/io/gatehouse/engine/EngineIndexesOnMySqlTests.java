package io.gatehouse.engine;

import io.gatehouse.testing.OnMySql;

@OnMySql
class EngineIndexesOnMySqlTests extends EngineIndexesTests {}
