/** A disk of the operating system that fails on request. */
@NullMarked
package dev.hookferry.app.disk;

import org.jspecify.annotations.NullMarked;
