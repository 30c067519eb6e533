/**
 * Reading of the configuration: keys, sources, and every problem with its origin. The result is in
 * {@code app.config}, the parsers of single values in {@code app.config.value}.
 */
@NullMarked
package dev.hookferry.app.config.reading;

import org.jspecify.annotations.NullMarked;
