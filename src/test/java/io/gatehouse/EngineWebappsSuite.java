package io.gatehouse;

import org.junit.platform.suite.api.ExcludeEngines;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Everything that is done in the web applications of the engine, one class after the other with one engine. */
@Suite
@SelectPackages("io.gatehouse")
@IncludeClassNamePatterns(".*Tests")
@IncludeTags("webapps")
@ExcludeEngines("archunit")
class EngineWebappsSuite {}
