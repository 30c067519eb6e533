/**
 * The disk as the store sees it: durable files, atomic replacement, and the rule that a disk is not
 * trusted again after a failure. The layout of lines in files is defined in {@code file.line}.
 */
@NullMarked
package dev.hookferry.file.disk;

import org.jspecify.annotations.NullMarked;
