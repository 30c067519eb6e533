/**
 * Stage accept: makes events of what is submitted, and has the engine take them; sends single ones
 * again, or as tests. {@code engine.intake} admits them, {@code engine.routing} finds their
 * endpoints.
 */
@NullMarked
package dev.hookferry.internal.publish;

import org.jspecify.annotations.NullMarked;
