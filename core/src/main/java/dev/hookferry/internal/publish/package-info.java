/**
 * Stage accept: makes events of what is submitted, and has the engine take them; sends single ones
 * again, or as tests. How the engine admits and routes them is in {@code engine.intake}.
 */
@NullMarked
package dev.hookferry.internal.publish;

import org.jspecify.annotations.NullMarked;
