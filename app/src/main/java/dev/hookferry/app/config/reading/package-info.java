/** Reading of the configuration: keys, sources, and every problem with its origin. */
@NullMarked
package dev.hookferry.app.config.reading;

import org.jspecify.annotations.NullMarked;
