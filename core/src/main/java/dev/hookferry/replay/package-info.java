/** Replays: sending many deliveries again, as jobs that survive a restart. */
@NullMarked
package dev.hookferry.replay;

import org.jspecify.annotations.NullMarked;
