package io.gatehouse.release;

import io.gatehouse.testing.OnMySql;

@OnMySql
class ReleaseSeriesOnMySqlTests extends ReleaseSeriesTests {}
