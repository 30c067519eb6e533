/** The batch that one commit writes, and its result. */
@NullMarked
package dev.hookferry.store.commit;

import org.jspecify.annotations.NullMarked;
