package io.gatehouse.access;

/**
 * Somebody who is signed in tried to change something through a web application of the engine and may not.
 *
 * @param person who tried
 * @param call method and address, with {@code {id}} in place of what only says which one
 * @param address the address of the first attempt in a minute; empty in the count of those that followed it
 * @param times how many attempts this stands for
 */
public record CallRefused(String person, String call, String address, int times) {}
