/** Stands for the package of this name. */
@NullMarked
package dev.hookferry.architecture.offence.http.client;

import org.jspecify.annotations.NullMarked;
