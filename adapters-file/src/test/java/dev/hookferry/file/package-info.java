/** Tests of the embedded store. */
@NullMarked
package dev.hookferry.file;

import org.jspecify.annotations.NullMarked;
