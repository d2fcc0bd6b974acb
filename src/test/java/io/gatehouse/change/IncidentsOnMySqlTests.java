package io.gatehouse.change;

import io.gatehouse.testing.OnMySql;

@OnMySql
class IncidentsOnMySqlTests extends IncidentsTests {}
