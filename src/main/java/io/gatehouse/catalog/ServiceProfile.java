package io.gatehouse.catalog;

import java.util.SortedSet;

/**
 * What policies ask of a service.
 *
 * @param tier 1 (the organisation stops without it) to 4 (nobody outside its team notices)
 * @param complianceScopes regulations it falls under
 */
public record ServiceProfile(String key, int tier, String ownerGroup, SortedSet<String> complianceScopes) {}
