/**
 * Stage commit: group commit of everything that waits while the previous commit is running. The
 * batch that a store receives is in {@code store.commit}.
 */
@NullMarked
package dev.hookferry.engine.commit;

import org.jspecify.annotations.NullMarked;
