package io.gatehouse.breakglass;

import io.gatehouse.testing.OnMySql;

@OnMySql
class LostBreakGlassesOnMySqlTests extends LostBreakGlassesTests {}
