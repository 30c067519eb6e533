/**
 * The transport SPI: one signed request goes out, one outcome comes back. {@code
 * hookferry-http-client} implements it; the request is built in {@code engine.send}.
 */
@NullMarked
package dev.hookferry.transport;

import org.jspecify.annotations.NullMarked;
