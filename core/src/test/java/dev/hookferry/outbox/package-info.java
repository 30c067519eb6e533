/** A fake outbox. */
@NullMarked
package dev.hookferry.outbox;

import org.jspecify.annotations.NullMarked;
