/**
 * The audit log: who changed what, when, and from where. {@code internal.AuditRecorder} creates the
 * entries.
 */
@NullMarked
package dev.hookferry.audit;

import org.jspecify.annotations.NullMarked;
