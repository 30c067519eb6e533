/**
 * Archives: the records of a store in one compressed file that other programs can read. {@link
 * dev.hookferry.store.transfer} defines the records and moves them between stores.
 */
@NullMarked
package dev.hookferry.store.archive;

import org.jspecify.annotations.NullMarked;
