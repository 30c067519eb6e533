/**
 * Planning of a commit: the lines to write, and the changes in memory that follow. {@code
 * file.journal} writes the lines to disk; {@code engine.commit} decides which entries share a
 * commit.
 */
@NullMarked
package dev.hookferry.file.commit;

import org.jspecify.annotations.NullMarked;
