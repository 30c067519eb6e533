/**
 * Pages of events, deliveries and attempts, the audit log, and retention. A commit's events,
 * deliveries and attempts are written in {@code jdbc.delivery}.
 */
@NullMarked
package dev.hookferry.jdbc.log;

import org.jspecify.annotations.NullMarked;
