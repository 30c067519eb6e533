package dev.hookferry.observe;

/**
 * Current load of a node.
 *
 * @param owned deliveries owned by the node
 * @param inFlight requests in flight
 * @param pendingPublishes events waiting for their commit
 */
public record Load(int owned, int inFlight, int pendingPublishes) {}
