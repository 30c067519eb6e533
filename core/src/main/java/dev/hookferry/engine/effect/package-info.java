/**
 * Effects: what the engine asks the outside world to do. They are carried out in {@code
 * engine.runtime}; replies come back as messages.
 */
@NullMarked
package dev.hookferry.engine.effect;

import org.jspecify.annotations.NullMarked;
