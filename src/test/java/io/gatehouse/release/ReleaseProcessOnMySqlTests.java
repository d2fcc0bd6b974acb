package io.gatehouse.release;

import io.gatehouse.testing.OnMySql;

@OnMySql
class ReleaseProcessOnMySqlTests extends ReleaseProcessTests {}
