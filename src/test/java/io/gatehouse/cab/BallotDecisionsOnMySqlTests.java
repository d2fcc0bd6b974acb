package io.gatehouse.cab;

import io.gatehouse.testing.OnMySql;

@OnMySql
class BallotDecisionsOnMySqlTests extends BallotDecisionsTests {}
