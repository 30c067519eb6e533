/**
 * The outbound transport on Netty: every request to a receiver goes through it. {@code
 * dev.hookferry.outbound} decides which addresses may be called; {@code engine.send} writes and
 * signs the requests.
 */
@NullMarked
package dev.hookferry.http.client;

import org.jspecify.annotations.NullMarked;
