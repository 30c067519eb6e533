/**
 * Records of the journal: the content of one line, and how it is read and written. Lines of the
 * configuration and of the audit log are in {@code file.config} and {@code file.audit}; checksums
 * are in {@code file.line}.
 */
@NullMarked
package dev.hookferry.file.record;

import org.jspecify.annotations.NullMarked;
