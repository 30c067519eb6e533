/**
 * JSON of the API's resources: each field with its type, its help text and the source of its value.
 * The handlers are in {@code api}.
 */
@NullMarked
package dev.hookferry.http.resource;

import org.jspecify.annotations.NullMarked;
