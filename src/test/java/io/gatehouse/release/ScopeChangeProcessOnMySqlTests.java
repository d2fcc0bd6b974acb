package io.gatehouse.release;

import io.gatehouse.testing.OnMySql;

@OnMySql
class ScopeChangeProcessOnMySqlTests extends ScopeChangeProcessTests {}
