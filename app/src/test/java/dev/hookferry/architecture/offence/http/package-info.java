/** Stands for the package of this name. */
@NullMarked
package dev.hookferry.architecture.offence.http;

import org.jspecify.annotations.NullMarked;
