package dev.hookferry.file.pending;

import dev.hookferry.delivery.DeliveryState;

/**
 * A pending delivery's turn among those with the same endpoint and ordering key.
 *
 * @param key the ordering key
 * @param position its position, lowest first
 * @param state {@code PENDING} or {@code BLOCKED} if it is the first, else {@code WAITING}
 */
public record KeyTurn(String key, long position, DeliveryState state) {}
