/**
 * A customer's deliveries: the filter of their list, the reasons for their states, and retries with
 * their outcomes. Nothing here depends on requests; the pages are in {@code console.portal}.
 */
@NullMarked
package dev.hookferry.http.console.portal.deliveries;

import org.jspecify.annotations.NullMarked;
