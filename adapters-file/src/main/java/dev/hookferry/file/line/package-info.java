/**
 * Lines of text: checksums, numbering, and a buffer that writes their JSON. The journal's lines are
 * parsed in {@code file.record}.
 */
@NullMarked
package dev.hookferry.file.line;

import org.jspecify.annotations.NullMarked;
