/** Stands for the package of this name. */
@NullMarked
package dev.hookferry.architecture.offence.event;

import org.jspecify.annotations.NullMarked;
