/** Tests of the facade: a whole Hookferry on a memory store and a scripted transport. */
@NullMarked
package dev.hookferry;

import org.jspecify.annotations.NullMarked;
