/** Stands for the package of this name. */
@NullMarked
package dev.hookferry.architecture.offence.file;

import org.jspecify.annotations.NullMarked;
