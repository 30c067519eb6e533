/** The console's pages about event types: the catalogue, one type, and the form. */
@NullMarked
package dev.hookferry.http.console.catalog;

import org.jspecify.annotations.NullMarked;
