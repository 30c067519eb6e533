/** What one commit writes, and what it reports back. */
@NullMarked
package dev.hookferry.store.commit;

import org.jspecify.annotations.NullMarked;
