/** Stands for the package of this name. */
@NullMarked
package dev.hookferry.architecture.offence.site;

import org.jspecify.annotations.NullMarked;
