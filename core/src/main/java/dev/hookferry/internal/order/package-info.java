/** Helpers that keep the order by key, and report keys that are blocked. Not part of the API. */
@NullMarked
package dev.hookferry.internal.order;

import org.jspecify.annotations.NullMarked;
