/** Stage commit: everything that waits while a commit is running goes into the next one. */
@NullMarked
package dev.hookferry.engine.commit;

import org.jspecify.annotations.NullMarked;
