/**
 * Reading of published events: the payload is sliced out of the request byte for byte. Events are
 * checked and made in {@code internal.publish}.
 */
@NullMarked
package dev.hookferry.http.publish;

import org.jspecify.annotations.NullMarked;
