/** Effects: what the engine asks the outside world to do. Replies come back as messages. */
@NullMarked
package dev.hookferry.engine.effect;

import org.jspecify.annotations.NullMarked;
