/**
 * The transport SPI, which sends one signed request and reports one outcome. {@code
 * hookferry-http-client} implements it; {@code engine.send} builds the requests.
 */
@NullMarked
package dev.hookferry.transport;

import org.jspecify.annotations.NullMarked;
