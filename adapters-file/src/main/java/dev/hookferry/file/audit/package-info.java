/**
 * The audit log in files of its own. When old entries are removed is decided in {@code
 * file.maintenance}.
 */
@NullMarked
package dev.hookferry.file.audit;

import org.jspecify.annotations.NullMarked;
