/**
 * Finds out what keeps a server from running well, without starting one and without changing
 * anything.
 */
@NullMarked
package dev.hookferry.app.doctor;

import org.jspecify.annotations.NullMarked;
