/**
 * Texts on pages: JSON, form values, sample payloads, receiver code; sentences are in {@code
 * words}.
 */
@NullMarked
package dev.hookferry.http.console.text;

import org.jspecify.annotations.NullMarked;
