/** A product in small that breaks each rule once. */
@NullMarked
package dev.hookferry.architecture.offence;

import org.jspecify.annotations.NullMarked;
