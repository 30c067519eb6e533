/**
 * Checks and cleans uploaded images, so that they can be shown to anyone. An image that was cleaned
 * is kept with its site, in {@code site}.
 */
@NullMarked
package dev.hookferry.internal.image;

import org.jspecify.annotations.NullMarked;
