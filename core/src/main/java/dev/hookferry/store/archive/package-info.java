/**
 * The archive: the records of a store in one compressed file that other programs can read. Which
 * records there are, and how they get into stores, is the concern of {@link
 * dev.hookferry.store.transfer}.
 */
@NullMarked
package dev.hookferry.store.archive;

import org.jspecify.annotations.NullMarked;
