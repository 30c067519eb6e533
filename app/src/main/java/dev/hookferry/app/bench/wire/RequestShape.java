package dev.hookferry.app.bench.wire;

/**
 * The size of a publish request.
 *
 * @param size the size of an event's data in bytes
 * @param batch events per request; a single event is not sent as an array
 */
public record RequestShape(int size, int batch) {}
