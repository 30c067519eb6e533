/**
 * Stage commit: everything that waits while a commit is running goes into the next one. The batch
 * that a store gets is in {@code store.commit}.
 */
@NullMarked
package dev.hookferry.engine.commit;

import org.jspecify.annotations.NullMarked;
