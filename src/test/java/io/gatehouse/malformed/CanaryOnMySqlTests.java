package io.gatehouse.malformed;

import io.gatehouse.testing.OnMySql;
import org.springframework.test.context.TestPropertySource;

/** Without what the sample's people have done: it plants what it looks for. */
@OnMySql
@TestPropertySource(properties = {"gatehouse.sample.requests=false", "gatehouse.sample.releases=false"})
class CanaryOnMySqlTests extends CanaryTests {}
