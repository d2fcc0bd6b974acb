package io.gatehouse.breakglass;

import io.gatehouse.testing.OnMySql;

@OnMySql
class BreakGlassMigrationOnMySqlTests extends BreakGlassMigrationTests {}
