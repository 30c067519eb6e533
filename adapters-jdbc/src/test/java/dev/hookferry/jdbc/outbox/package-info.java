/** The outbox on the databases that it can be in. */
@NullMarked
package dev.hookferry.jdbc.outbox;

import org.jspecify.annotations.NullMarked;
