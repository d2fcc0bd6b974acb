package io.gatehouse.model;

import io.gatehouse.testing.OnMySql;

@OnMySql
class ProposalsOnMySqlTests extends ProposalsTests {}
