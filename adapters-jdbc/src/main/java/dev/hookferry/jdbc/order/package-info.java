/**
 * The queues of ordering keys: which delivery is first, and which ones follow. {@code
 * jdbc.delivery} claims due deliveries, with or without a key.
 */
@NullMarked
package dev.hookferry.jdbc.order;

import org.jspecify.annotations.NullMarked;
