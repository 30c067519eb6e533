/**
 * Copying between stores and restoring archives, for the command line. The transfer itself is in
 * {@code dev.hookferry.store.transfer}, the format of archives in {@code store.archive}.
 */
@NullMarked
package dev.hookferry.app.transfer;

import org.jspecify.annotations.NullMarked;
