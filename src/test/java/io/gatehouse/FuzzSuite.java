package io.gatehouse;

import org.junit.platform.suite.api.ExcludeEngines;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** What the fuzzer has found, once more; it instruments the classes of its JVM. CONTRIBUTING.md says how it searches. */
@Suite
@SelectPackages("io.gatehouse")
@IncludeClassNamePatterns(".*Tests")
@IncludeTags("fuzz")
@ExcludeEngines("archunit")
class FuzzSuite {}
