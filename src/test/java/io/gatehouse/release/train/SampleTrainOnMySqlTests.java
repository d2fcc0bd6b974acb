package io.gatehouse.release.train;

import io.gatehouse.testing.OnMySql;

@OnMySql
class SampleTrainOnMySqlTests extends SampleTrainTests {}
