/**
 * Finds problems that keep a server from running well, without starting one and without changing
 * anything. Whether a receiver verifies signatures is checked in {@code app.grade}.
 */
@NullMarked
package dev.hookferry.app.doctor;

import org.jspecify.annotations.NullMarked;
