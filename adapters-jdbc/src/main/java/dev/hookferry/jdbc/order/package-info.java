/** The queues of ordering keys: who is first, and who follows. */
@NullMarked
package dev.hookferry.jdbc.order;

import org.jspecify.annotations.NullMarked;
