/** Kinds of values and how their texts are read. */
@NullMarked
package dev.hookferry.app.config.value;

import org.jspecify.annotations.NullMarked;
