/**
 * The look of a site's portal: colours derived from its accent, the stylesheet with them, and its
 * images. Nothing here depends on sessions or pages, which are in {@code console.portal}.
 */
@NullMarked
package dev.hookferry.http.console.theme;

import org.jspecify.annotations.NullMarked;
