package io.gatehouse;

import org.junit.platform.suite.api.ExcludeEngines;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** What starts the product in JVMs of its own, as an operator does, and none beside the tests. */
@Suite
@SelectPackages("io.gatehouse")
@IncludeClassNamePatterns(".*Tests")
@IncludeTags("own-jvm")
@ExcludeEngines("archunit")
class OwnJvmsSuite {}
