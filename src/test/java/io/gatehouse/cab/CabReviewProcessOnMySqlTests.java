package io.gatehouse.cab;

import io.gatehouse.testing.OnMySql;

@OnMySql
class CabReviewProcessOnMySqlTests extends CabReviewProcessTests {}
