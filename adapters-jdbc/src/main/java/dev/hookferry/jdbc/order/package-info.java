/**
 * The queues of ordering keys: which delivery is first, and which ones follow. Due deliveries are
 * claimed in {@code jdbc.delivery}, whether they have a key or not.
 */
@NullMarked
package dev.hookferry.jdbc.order;

import org.jspecify.annotations.NullMarked;
