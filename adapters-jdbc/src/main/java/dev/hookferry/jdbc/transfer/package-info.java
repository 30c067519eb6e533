/**
 * Reading the whole content of a database, and filling an empty one. Records, and the move from one
 * store to another, are in {@code dev.hookferry.store.transfer}.
 */
@NullMarked
package dev.hookferry.jdbc.transfer;

import org.jspecify.annotations.NullMarked;
