/** The transport SPI: one signed request goes out, one outcome comes back. */
@NullMarked
package dev.hookferry.transport;

import org.jspecify.annotations.NullMarked;
