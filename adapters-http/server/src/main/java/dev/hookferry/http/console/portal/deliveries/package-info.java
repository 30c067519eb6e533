/**
 * A customer's deliveries: the filter of their list, why they are in their states, what would be
 * sent again, and what was. Nothing here knows requests; the pages are in {@code console.portal}.
 */
@NullMarked
package dev.hookferry.http.console.portal.deliveries;

import org.jspecify.annotations.NullMarked;
