/** When to try again: policies as functions of the attempt and its outcome. */
@NullMarked
package dev.hookferry.retry;

import org.jspecify.annotations.NullMarked;
