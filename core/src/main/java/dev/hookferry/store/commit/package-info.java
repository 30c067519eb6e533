/**
 * The batch written by one commit, and its result. {@code engine.commit} decides which entries
 * share a batch.
 */
@NullMarked
package dev.hookferry.store.commit;

import org.jspecify.annotations.NullMarked;
