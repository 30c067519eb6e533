/** Stands for the package of this name. */
@NullMarked
package dev.hookferry.architecture.offence.spring;

import org.jspecify.annotations.NullMarked;
