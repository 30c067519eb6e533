/** Stands for the package of this name. */
@NullMarked
package dev.hookferry.architecture.offence.app;

import org.jspecify.annotations.NullMarked;
