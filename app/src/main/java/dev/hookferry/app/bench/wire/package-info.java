/** HTTP as the bench's producers and receivers speak it. */
@NullMarked
package dev.hookferry.app.bench.wire;

import org.jspecify.annotations.NullMarked;
