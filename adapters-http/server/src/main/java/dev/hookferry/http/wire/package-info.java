/** Requests and replies as text: JSON, times, query parameters, problem documents. */
@NullMarked
package dev.hookferry.http.wire;

import org.jspecify.annotations.NullMarked;
