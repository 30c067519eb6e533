/**
 * Pages about deliveries, the retry queue and replays. Filters, columns and exports of their lists
 * are in {@code console.list}; two attempts are compared in {@code console.compare}.
 */
@NullMarked
package dev.hookferry.http.console.deliveries;

import org.jspecify.annotations.NullMarked;
