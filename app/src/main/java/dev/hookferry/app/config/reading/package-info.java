/**
 * Reads the configuration: keys, sources, and problems with their origins. The result is in {@code
 * app.config}, the parsers of single values in {@code app.config.value}.
 */
@NullMarked
package dev.hookferry.app.config.reading;

import org.jspecify.annotations.NullMarked;
