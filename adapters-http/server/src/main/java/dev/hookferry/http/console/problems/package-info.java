/**
 * The problems of a site: failures by endpoint and cause, and what people have noted about them.
 * The failures are counted in {@code activity}; the notes are in the audit log.
 */
@NullMarked
package dev.hookferry.http.console.problems;

import org.jspecify.annotations.NullMarked;
