/** Tests of the command line. */
@NullMarked
package dev.hookferry.app.cli;

import org.jspecify.annotations.NullMarked;
