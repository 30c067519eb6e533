/** Follows up what happens to endpoints, and publishes operational events. Not part of the API. */
@NullMarked
package dev.hookferry.internal.incident;

import org.jspecify.annotations.NullMarked;
