/**
 * The command line as a whole: its tree of commands, help, completion, and messages about wrong
 * usage. Most commands are in the packages below.
 */
@NullMarked
package dev.hookferry.app.cli;

import org.jspecify.annotations.NullMarked;
