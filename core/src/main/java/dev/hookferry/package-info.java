/**
 * The heart of Hookferry: what an embedding product holds. Start at {@link
 * dev.hookferry.Hookferry}.
 */
@NullMarked
package dev.hookferry;

import org.jspecify.annotations.NullMarked;
