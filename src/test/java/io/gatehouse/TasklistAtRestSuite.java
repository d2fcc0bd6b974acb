package io.gatehouse;

import org.junit.platform.suite.api.ExcludeEngines;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** What is tried at the doors of the Tasklist while nothing happens by itself: with an engine of its own, see TasklistAtRest. */
@Suite
@SelectPackages("io.gatehouse")
@IncludeClassNamePatterns(".*Tests")
@IncludeTags("webapps-at-rest")
@ExcludeEngines("archunit")
class TasklistAtRestSuite {}
