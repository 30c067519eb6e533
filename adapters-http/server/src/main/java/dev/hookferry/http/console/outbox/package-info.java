/**
 * The console's pages about outboxes and their rejected rows. The relay that moves the rows is in
 * {@code dev.hookferry.jdbc.outbox}.
 */
@NullMarked
package dev.hookferry.http.console.outbox;

import org.jspecify.annotations.NullMarked;
