/** Stands for the package of this name. */
@NullMarked
package dev.hookferry.architecture.offence.jdbc;

import org.jspecify.annotations.NullMarked;
