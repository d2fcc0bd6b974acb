package io.gatehouse.engine;

import io.gatehouse.testing.OnMySql;

@OnMySql
class TasklistFiltersOnMySqlTests extends TasklistFiltersTests {}
