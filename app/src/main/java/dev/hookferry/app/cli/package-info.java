/**
 * The command line as a whole: its command tree, help, completion and usage errors. Most commands
 * are in the subpackages.
 */
@NullMarked
package dev.hookferry.app.cli;

import org.jspecify.annotations.NullMarked;
