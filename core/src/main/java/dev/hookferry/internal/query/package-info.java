/**
 * Finds deliveries where the store alone cannot: held ones, and those with a certain last response.
 * The queries themselves are in {@code dev.hookferry.query}. Not part of the API.
 */
@NullMarked
package dev.hookferry.internal.query;

import org.jspecify.annotations.NullMarked;
