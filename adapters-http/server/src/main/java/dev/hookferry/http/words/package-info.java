/**
 * Sentences and times for people who read pages or attempts, in the portal's languages. Texts of
 * the console alone, which is in English, are beside the pages that show them or in {@code
 * console.text}.
 */
@NullMarked
package dev.hookferry.http.words;

import org.jspecify.annotations.NullMarked;
