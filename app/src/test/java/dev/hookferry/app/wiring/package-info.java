/** Tests of the wiring. */
@NullMarked
package dev.hookferry.app.wiring;

import org.jspecify.annotations.NullMarked;
