/**
 * Pages about endpoints, and the signature check. Why endpoints fail is shown in {@code
 * console.problems}; charts of their deliveries are drawn in {@code console.activity}.
 */
@NullMarked
package dev.hookferry.http.console.endpoints;

import org.jspecify.annotations.NullMarked;
