/**
 * The configuration as an immutable value: its changes, its stored form, and the differences
 * between two versions. {@code internal.ConfigHolder} has the copy that a node uses.
 */
@NullMarked
package dev.hookferry.store.config;

import org.jspecify.annotations.NullMarked;
