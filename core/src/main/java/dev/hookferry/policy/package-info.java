/**
 * The effective settings of an endpoint, each with its origin: the server, the site or the
 * endpoint. {@code outbound} decides which addresses may be called.
 */
@NullMarked
package dev.hookferry.policy;

import org.jspecify.annotations.NullMarked;
