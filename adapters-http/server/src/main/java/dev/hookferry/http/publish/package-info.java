/**
 * Parses published events; the payload is sliced out of the request byte for byte. {@code
 * internal.publish} validates and creates the events.
 */
@NullMarked
package dev.hookferry.http.publish;

import org.jspecify.annotations.NullMarked;
