package dev.hookferry.app.bench.wire;

/**
 * What a publishing request holds.
 *
 * @param size bytes of an event's data
 * @param batch events in a request; one is sent by itself, more as an array
 */
public record RequestShape(int size, int batch) {}
