/** A disk of the operating system that fails when it is told to. */
@NullMarked
package dev.hookferry.app.disk;

import org.jspecify.annotations.NullMarked;
