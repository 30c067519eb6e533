/** Parts that all lists of the console share: filters, counts, columns and export. */
@NullMarked
package dev.hookferry.http.console.list;

import org.jspecify.annotations.NullMarked;
