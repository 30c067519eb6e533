/**
 * The console's pages about event types: the catalogue, one type, and the form. Customers see the
 * types on pages in {@code console.portal}.
 */
@NullMarked
package dev.hookferry.http.console.catalog;

import org.jspecify.annotations.NullMarked;
