/** Options of the HTTP server. */
@NullMarked
package dev.hookferry.http.options;

import org.jspecify.annotations.NullMarked;
