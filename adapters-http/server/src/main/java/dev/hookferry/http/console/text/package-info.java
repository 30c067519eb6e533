/**
 * Texts on pages: JSON, form values, sample payloads, receiver code. Sentences in the portal's
 * languages are in {@code http.words}.
 */
@NullMarked
package dev.hookferry.http.console.text;

import org.jspecify.annotations.NullMarked;
