package dev.hookferry.observe;

/**
 * What a node has in memory.
 *
 * @param owned deliveries that it owns
 * @param inFlight requests under way
 * @param accepting events that wait for their commit
 */
public record Load(int owned, int inFlight, int accepting) {}
