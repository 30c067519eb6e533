/** Outboxes: tables in callers' databases whose rows become events. */
@NullMarked
package dev.hookferry.outbox;

import org.jspecify.annotations.NullMarked;
