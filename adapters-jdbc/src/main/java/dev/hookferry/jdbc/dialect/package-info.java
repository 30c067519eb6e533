/**
 * Differences between the databases: types, errors, and ways to send many rows in one round trip.
 * Statements on the queue of deliveries are in {@code jdbc.delivery}; the dialects for outboxes are
 * in {@code jdbc.outbox}.
 */
@NullMarked
package dev.hookferry.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
