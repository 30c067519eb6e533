/**
 * Input and output of commands: files, secrets, the terminal, formats, exit codes. Lists and
 * objects are printed in {@code app.cli.listing}.
 */
@NullMarked
package dev.hookferry.app.cli.io;

import org.jspecify.annotations.NullMarked;
