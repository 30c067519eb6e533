/**
 * Pages of events, deliveries and attempts, the audit log, and retention. {@code jdbc.delivery}
 * writes the events, deliveries and attempts of a commit.
 */
@NullMarked
package dev.hookferry.jdbc.log;

import org.jspecify.annotations.NullMarked;
