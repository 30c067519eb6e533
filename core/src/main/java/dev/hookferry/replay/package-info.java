/**
 * Replays: background jobs that send many deliveries again and survive a restart. This package
 * contains their values and stored form; {@code internal.replay} runs them.
 */
@NullMarked
package dev.hookferry.replay;

import org.jspecify.annotations.NullMarked;
