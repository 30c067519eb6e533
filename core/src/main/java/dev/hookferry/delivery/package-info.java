/**
 * Deliveries of one event to one endpoint, their attempts and their state transitions. {@code
 * engine} drives them; {@code query} finds them.
 */
@NullMarked
package dev.hookferry.delivery;

import org.jspecify.annotations.NullMarked;
