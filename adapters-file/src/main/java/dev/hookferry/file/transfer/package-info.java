/**
 * Reading a whole store as a stream of records, and filling one from such a stream. Records, and
 * the move from one store to another, are in {@code dev.hookferry.store.transfer}.
 */
@NullMarked
package dev.hookferry.file.transfer;

import org.jspecify.annotations.NullMarked;
