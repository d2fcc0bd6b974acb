package io.gatehouse.breakglass;

import io.gatehouse.testing.OnMySql;

@OnMySql
class BreakGlassUsesOnMySqlTests extends BreakGlassUsesTests {}
