/** Retry settings and policies. {@code engine.outcome} applies them after each failed attempt. */
@NullMarked
package dev.hookferry.retry;

import org.jspecify.annotations.NullMarked;
