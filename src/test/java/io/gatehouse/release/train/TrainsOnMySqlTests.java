package io.gatehouse.release.train;

import io.gatehouse.testing.OnMySql;

@OnMySql
class TrainsOnMySqlTests extends TrainsTests {}
