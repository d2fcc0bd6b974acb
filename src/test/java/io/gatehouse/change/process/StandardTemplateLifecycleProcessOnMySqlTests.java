package io.gatehouse.change.process;

import io.gatehouse.testing.OnMySql;

@OnMySql
class StandardTemplateLifecycleProcessOnMySqlTests extends StandardTemplateLifecycleProcessTests {}
