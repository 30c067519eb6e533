/**
 * The batch that one commit writes, and its result. {@code engine.commit} decides which entries
 * share a batch.
 */
@NullMarked
package dev.hookferry.store.commit;

import org.jspecify.annotations.NullMarked;
