/** The outbound transport: one guarded way to every receiver, on Netty. */
@NullMarked
package dev.hookferry.http.client;

import org.jspecify.annotations.NullMarked;
