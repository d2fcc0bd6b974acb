package io.gatehouse;

import org.junit.platform.suite.api.ExcludeEngines;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Everything else that needs a MySQL and is neither in the web applications nor with a Keycloak. */
@Suite
@SelectPackages("io.gatehouse")
@IncludeClassNamePatterns(".*Tests")
@IncludeTags("mysql & !rollout & !webapps & !keycloak & !own-jvm")
@ExcludeEngines("archunit")
class MySqlSuite {}
