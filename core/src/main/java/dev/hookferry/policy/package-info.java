/** By which settings an endpoint is sent to: those of the server, its site and its own, as one. */
@NullMarked
package dev.hookferry.policy;

import org.jspecify.annotations.NullMarked;
