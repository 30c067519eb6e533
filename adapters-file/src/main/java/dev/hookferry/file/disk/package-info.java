/**
 * The disk as the store sees it: durable files, atomic replacement, and the rule that a disk that
 * failed once is no longer trusted. How lines are laid out in files is defined in {@code
 * file.line}.
 */
@NullMarked
package dev.hookferry.file.disk;

import org.jspecify.annotations.NullMarked;
