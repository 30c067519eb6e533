/** Stands for the package of this name. */
@NullMarked
package dev.hookferry.architecture.offence.engine;

import org.jspecify.annotations.NullMarked;
