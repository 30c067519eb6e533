/**
 * Stage send: builds and signs the request of an attempt, and redacts secrets from the response.
 * Bodies are built in {@code body}, connections in the transport.
 */
@NullMarked
package dev.hookferry.engine.send;

import org.jspecify.annotations.NullMarked;
