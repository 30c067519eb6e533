/**
 * HTTP as the bench's producers and receivers speak it. The loops that send and receive are in
 * {@code app.bench.load}.
 */
@NullMarked
package dev.hookferry.app.bench.wire;

import org.jspecify.annotations.NullMarked;
