/**
 * Readers for JSON that has been validated: byte positions and exact numbers. Settings are read in
 * {@code dev.hookferry.json}.
 */
@NullMarked
package dev.hookferry.internal.json;

import org.jspecify.annotations.NullMarked;
