/**
 * Human-readable sentences and times in the portal's languages. The console is in English only; its
 * own texts are next to the pages that show them or in {@code console.text}.
 */
@NullMarked
package dev.hookferry.http.words;

import org.jspecify.annotations.NullMarked;
