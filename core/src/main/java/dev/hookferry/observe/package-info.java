/**
 * Reports about a node's work: the listener and its events, load and backlog, and the limits of
 * both.
 */
@NullMarked
package dev.hookferry.observe;

import org.jspecify.annotations.NullMarked;
