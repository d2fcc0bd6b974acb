package io.gatehouse;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * Everything that is in no other suite: rules without an application, processes on the embedded database, and applications
 * that only a few tests need.
 */
@Suite
@SelectPackages("io.gatehouse")
@IncludeClassNamePatterns(".*Tests")
@IncludeTags("!mysql & !rollout & !sample & !webapps & !webapps-at-rest & !keycloak & !fuzz & !coverage & !own-jvm")
class EmbeddedSuite {}
