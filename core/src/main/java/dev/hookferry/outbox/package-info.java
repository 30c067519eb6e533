/**
 * Outboxes, as operators see them: tables in callers' databases whose rows become events. {@code
 * hookferry-adapters-jdbc} moves the rows.
 */
@NullMarked
package dev.hookferry.outbox;

import org.jspecify.annotations.NullMarked;
