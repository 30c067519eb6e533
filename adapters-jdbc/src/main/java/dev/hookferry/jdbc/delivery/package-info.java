/** Events and pending deliveries: commits, claims, and who owns what. */
@NullMarked
package dev.hookferry.jdbc.delivery;

import org.jspecify.annotations.NullMarked;
