/** The overview page. */
@NullMarked
package dev.hookferry.http.console.overview;

import org.jspecify.annotations.NullMarked;
