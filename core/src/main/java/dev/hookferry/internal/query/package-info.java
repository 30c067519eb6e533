/**
 * Searches for deliveries that the store alone cannot answer: by held state, last response or type
 * pattern. The queries themselves are in {@code dev.hookferry.query}. Not part of the API.
 */
@NullMarked
package dev.hookferry.internal.query;

import org.jspecify.annotations.NullMarked;
