/**
 * The configuration as an immutable value: its changes, their texts, and what differs between two
 * states. The copy that a node works with is in {@code internal.ConfigHolder}.
 */
@NullMarked
package dev.hookferry.store.config;

import org.jspecify.annotations.NullMarked;
