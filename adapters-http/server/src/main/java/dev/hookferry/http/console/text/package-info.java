/** Texts on pages: times, JSON, form values, sample payloads, receiver code. */
@NullMarked
package dev.hookferry.http.console.text;

import org.jspecify.annotations.NullMarked;
