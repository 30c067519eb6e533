/**
 * Differences between the databases: types, errors, and how many rows go in one round trip.
 * Statements on the queue of deliveries are in {@code jdbc.delivery}; the databases of outboxes
 * have dialects in {@code jdbc.outbox}.
 */
@NullMarked
package dev.hookferry.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
