/** Checks and cleans uploaded images, so that they can be shown to anyone. */
@NullMarked
package dev.hookferry.internal.image;

import org.jspecify.annotations.NullMarked;
