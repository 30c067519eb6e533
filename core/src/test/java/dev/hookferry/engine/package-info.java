/** Tests of the engine, in virtual time. */
@NullMarked
package dev.hookferry.engine;

import org.jspecify.annotations.NullMarked;
