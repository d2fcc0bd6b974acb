package io.gatehouse;

import org.junit.platform.suite.api.ExcludeEngines;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Processes on the embedded database. */
@Suite
@SelectPackages("io.gatehouse")
@IncludeClassNamePatterns(".*Tests")
@IncludeTags("process & !mysql & !rollout & !sample & !webapps & !keycloak & !own-jvm")
@ExcludeEngines("archunit")
class ProcessesSuite {}
