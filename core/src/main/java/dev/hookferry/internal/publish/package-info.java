/**
 * The accept stage: builds events from submissions and passes them to the engine; also resends
 * single events and sends tests. {@code engine.intake} admits the events, and {@code
 * engine.routing} finds their endpoints.
 */
@NullMarked
package dev.hookferry.internal.publish;

import org.jspecify.annotations.NullMarked;
