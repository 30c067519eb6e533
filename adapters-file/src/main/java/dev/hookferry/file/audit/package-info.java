/** The audit log in files of its own. */
@NullMarked
package dev.hookferry.file.audit;

import org.jspecify.annotations.NullMarked;
