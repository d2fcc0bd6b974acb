package io.gatehouse.breakglass;

import io.gatehouse.testing.OnMySql;

@OnMySql
class FreezeOverrideOnMySqlTests extends FreezeOverrideTests {}
