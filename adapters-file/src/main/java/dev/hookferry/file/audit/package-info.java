/** The audit log, kept in separate files. Old entries are removed by {@code file.maintenance}. */
@NullMarked
package dev.hookferry.file.audit;

import org.jspecify.annotations.NullMarked;
