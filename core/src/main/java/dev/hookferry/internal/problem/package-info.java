/**
 * The failures of endpoints by cause, counted as they happen and shared by the nodes of a store,
 * and users' notes about them. Facades read them; no rule of delivery does.
 */
@NullMarked
package dev.hookferry.internal.problem;

import org.jspecify.annotations.NullMarked;
