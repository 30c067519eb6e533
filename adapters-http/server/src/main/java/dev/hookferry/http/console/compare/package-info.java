/** The comparison of two attempts of a delivery: in words, and side by side. */
@NullMarked
package dev.hookferry.http.console.compare;

import org.jspecify.annotations.NullMarked;
