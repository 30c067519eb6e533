/**
 * Resources as the API shows them: their fields, each with its kind, its help and where its value
 * comes from. Handlers are in {@code api}.
 */
@NullMarked
package dev.hookferry.http.resource;

import org.jspecify.annotations.NullMarked;
