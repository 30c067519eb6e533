/** Output, exit codes and files of commands. */
@NullMarked
package dev.hookferry.app.cli.io;

import org.jspecify.annotations.NullMarked;
