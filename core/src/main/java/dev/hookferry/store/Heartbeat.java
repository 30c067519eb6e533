package dev.hookferry.store;

import java.time.Instant;

/**
 * What a heartbeat tells.
 *
 * @param alive false if this owner was given up for dead: it owns nothing any more and never will
 * @param storeTime the store's clock, by which due times are kept
 * @param recovered how many deliveries of dead owners this heartbeat has set free
 */
public record Heartbeat(boolean alive, Instant storeTime, int recovered) {}
