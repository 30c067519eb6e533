/** The bench: measures the real server with real receivers on the machine at hand. */
@NullMarked
package dev.hookferry.app.bench;

import org.jspecify.annotations.NullMarked;
