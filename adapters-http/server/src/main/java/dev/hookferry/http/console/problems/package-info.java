/**
 * The problems of a site: failures by endpoint and cause, and users' notes about them. Failures are
 * counted, and notes are read from the audit log, in {@code internal.problem}.
 */
@NullMarked
package dev.hookferry.http.console.problems;

import org.jspecify.annotations.NullMarked;
