/** Tests of the receiver. */
@NullMarked
package dev.hookferry.app.receiver;

import org.jspecify.annotations.NullMarked;
