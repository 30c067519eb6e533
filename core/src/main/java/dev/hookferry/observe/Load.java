package dev.hookferry.observe;

/**
 * Current load of a node.
 *
 * @param owned deliveries that it owns
 * @param inFlight requests in flight
 * @param pendingPublishes events waiting for their commit
 */
public record Load(int owned, int inFlight, int pendingPublishes) {}
