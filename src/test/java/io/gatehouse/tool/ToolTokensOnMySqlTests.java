package io.gatehouse.tool;

import io.gatehouse.testing.OnMySql;

@OnMySql
class ToolTokensOnMySqlTests extends ToolTokensTests {}
