/**
 * Parts that all lists of the console share: filters, counts, columns and export. The lists
 * themselves are in {@code console.deliveries} and {@code console.events}; the portal has its own
 * filters in {@code console.portal.deliveries}.
 */
@NullMarked
package dev.hookferry.http.console.list;

import org.jspecify.annotations.NullMarked;
