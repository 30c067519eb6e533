/**
 * The settings in force for an endpoint, each with its origin: the server, its site or itself.
 * Which addresses may be called is in {@code outbound}.
 */
@NullMarked
package dev.hookferry.policy;

import org.jspecify.annotations.NullMarked;
