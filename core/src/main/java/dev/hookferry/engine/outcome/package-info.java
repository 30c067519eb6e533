/** Stage record: decides what a response means for the delivery and for the endpoint. */
@NullMarked
package dev.hookferry.engine.outcome;

import org.jspecify.annotations.NullMarked;
