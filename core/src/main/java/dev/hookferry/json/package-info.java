/** JSON within core: a small strict parser and writer for settings and journals. */
@NullMarked
package dev.hookferry.json;

import org.jspecify.annotations.NullMarked;
