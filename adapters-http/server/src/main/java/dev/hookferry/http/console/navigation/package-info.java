/**
 * Extras around the content of pages: the switch between sites, the command palette, and who
 * changed something last. The frame around the pages is in {@code console.frame}.
 */
@NullMarked
package dev.hookferry.http.console.navigation;

import org.jspecify.annotations.NullMarked;
