/**
 * The outbound transport: one guarded way to every receiver, on Netty. Which addresses may be
 * called is decided in {@code dev.hookferry.outbound}; requests are written and signed in {@code
 * engine.send}.
 */
@NullMarked
package dev.hookferry.http.client;

import org.jspecify.annotations.NullMarked;
