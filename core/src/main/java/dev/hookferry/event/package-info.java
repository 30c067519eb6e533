/** Events: what happened in a product, as bytes that are stored once and sent as they are. */
@NullMarked
package dev.hookferry.event;

import org.jspecify.annotations.NullMarked;
