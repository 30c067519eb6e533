/**
 * The transactional outbox: events published in the caller's own database transaction, through
 * {@link dev.hookferry.jdbc.outbox.Outbox} or a plain INSERT, and moved into Hookferry by {@link
 * dev.hookferry.jdbc.outbox.OutboxRelay}. Committed means delivered at least once; rolled back
 * means never sent. Operators inspect an outbox through {@code dev.hookferry.outbox}.
 */
@NullMarked
package dev.hookferry.jdbc.outbox;

import org.jspecify.annotations.NullMarked;
