/**
 * API keys: who may do what. Sessions of browsers are in {@code session}, keys that sign requests
 * in {@code signing}.
 */
@NullMarked
package dev.hookferry.access;

import org.jspecify.annotations.NullMarked;
