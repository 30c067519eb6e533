/** Counts of recent attempts, and the charts drawn from them. */
@NullMarked
package dev.hookferry.http.console.activity;

import org.jspecify.annotations.NullMarked;
