/** Effects: what the engine makes the outside world do. Replies come back as messages. */
@NullMarked
package dev.hookferry.engine.effect;

import org.jspecify.annotations.NullMarked;
