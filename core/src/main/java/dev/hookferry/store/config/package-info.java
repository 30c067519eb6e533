/**
 * The configuration as an immutable value: its changes, their texts, and what differs between two
 * states.
 */
@NullMarked
package dev.hookferry.store.config;

import org.jspecify.annotations.NullMarked;
