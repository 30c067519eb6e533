/**
 * Requests and replies as text: JSON, times, query parameters, problem documents. The fields of
 * each resource are in {@code http.resource}.
 */
@NullMarked
package dev.hookferry.http.wire;

import org.jspecify.annotations.NullMarked;
