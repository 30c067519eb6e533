/**
 * Reading of JSON that was validated before: positions in its bytes and exact numbers. Settings are
 * read in {@code dev.hookferry.json}.
 */
@NullMarked
package dev.hookferry.internal.json;

import org.jspecify.annotations.NullMarked;
