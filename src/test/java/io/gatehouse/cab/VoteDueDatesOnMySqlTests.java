package io.gatehouse.cab;

import io.gatehouse.testing.OnMySql;

@OnMySql
class VoteDueDatesOnMySqlTests extends VoteDueDatesTests {}
