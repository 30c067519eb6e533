/**
 * Finds deliveries where the store alone cannot: held ones, and those with a certain last response.
 * Not part of the API.
 */
@NullMarked
package dev.hookferry.internal.query;

import org.jspecify.annotations.NullMarked;
