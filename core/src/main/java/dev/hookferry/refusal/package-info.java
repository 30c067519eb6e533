/**
 * Why a request was turned down: every refusal names the field and the fix, and has changed
 * nothing. Failures of a store are in {@code store}, those of receivers in {@code delivery}.
 */
@NullMarked
package dev.hookferry.refusal;

import org.jspecify.annotations.NullMarked;
