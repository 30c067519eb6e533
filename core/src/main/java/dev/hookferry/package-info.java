/**
 * The API that an embedding product holds: build a {@link dev.hookferry.Hookferry}, then work
 * through {@link dev.hookferry.Webhooks} and its facades. Values live in the packages below.
 */
@NullMarked
package dev.hookferry;

import org.jspecify.annotations.NullMarked;
