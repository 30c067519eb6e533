/** The console's pages about outboxes and their rejected rows. */
@NullMarked
package dev.hookferry.http.console.outbox;

import org.jspecify.annotations.NullMarked;
