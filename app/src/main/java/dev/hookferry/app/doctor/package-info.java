/**
 * Finds problems that keep a server from running well, without starting one and without changing
 * anything. {@code app.grade} checks whether a receiver verifies signatures.
 */
@NullMarked
package dev.hookferry.app.doctor;

import org.jspecify.annotations.NullMarked;
