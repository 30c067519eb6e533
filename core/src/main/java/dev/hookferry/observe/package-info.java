/**
 * What a node reports about its work: the listener and its events, load and backlog, and the bounds
 * on both.
 */
@NullMarked
package dev.hookferry.observe;

import org.jspecify.annotations.NullMarked;
