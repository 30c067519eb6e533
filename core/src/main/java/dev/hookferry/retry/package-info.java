/**
 * Retry policies, as functions of the attempt and its outcome. They are applied in {@code
 * engine.outcome}.
 */
@NullMarked
package dev.hookferry.retry;

import org.jspecify.annotations.NullMarked;
