/**
 * The audit log: who changed what, when, and from where. Entries are created in {@code
 * internal.AuditRecorder}.
 */
@NullMarked
package dev.hookferry.audit;

import org.jspecify.annotations.NullMarked;
