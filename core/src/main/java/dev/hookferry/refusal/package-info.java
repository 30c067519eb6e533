/**
 * Why a request was turned down: every refusal names the field and the fix, and has changed
 * nothing.
 */
@NullMarked
package dev.hookferry.refusal;

import org.jspecify.annotations.NullMarked;
