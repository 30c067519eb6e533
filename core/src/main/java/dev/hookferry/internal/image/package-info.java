/**
 * Sanitizers for uploaded images, so that they can be shown to anyone. The site settings in {@code
 * site} keep the sanitized images.
 */
@NullMarked
package dev.hookferry.internal.image;

import org.jspecify.annotations.NullMarked;
