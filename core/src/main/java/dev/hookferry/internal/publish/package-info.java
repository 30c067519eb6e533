/**
 * Stage accept: makes events of submissions, and hands them to the engine; also resends single
 * events and sends tests. {@code engine.intake} admits them, {@code engine.routing} finds their
 * endpoints.
 */
@NullMarked
package dev.hookferry.internal.publish;

import org.jspecify.annotations.NullMarked;
