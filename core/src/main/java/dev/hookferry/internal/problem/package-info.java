/**
 * The failures of endpoints by cause, counted as they happen and shared by the nodes of a store,
 * and users' notes about them. Facades and background jobs read them; the engine does not.
 */
@NullMarked
package dev.hookferry.internal.problem;

import org.jspecify.annotations.NullMarked;
