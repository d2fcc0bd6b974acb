package io.gatehouse.change;

import io.gatehouse.access.Person;

/** Somebody looked at a change about which a board is asked; whoever keeps the votes knows whether theirs is wanted. */
public record BoardChangeViewed(Change change, Person person) {}
