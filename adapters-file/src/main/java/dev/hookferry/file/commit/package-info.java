/**
 * Planning of a commit: the lines to write, and the changes in memory that follow. The lines get to
 * the disk in {@code file.journal}; which entries share a commit is decided in {@code
 * engine.commit}.
 */
@NullMarked
package dev.hookferry.file.commit;

import org.jspecify.annotations.NullMarked;
