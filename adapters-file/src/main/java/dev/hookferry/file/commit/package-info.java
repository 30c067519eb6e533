/** Planning of a commit: the lines to write, and the changes in memory that follow. */
@NullMarked
package dev.hookferry.file.commit;

import org.jspecify.annotations.NullMarked;
