package io.gatehouse.engine;

import io.gatehouse.testing.OnMySql;

@OnMySql
class ShippedModelsDeploymentOnMySqlTests extends ShippedModelsDeploymentTests {}
