/**
 * The port for JSON Schema, which compiles schemas and validates event data. {@code
 * hookferry-json-schema} implements it, and {@code internal.catalog} calls it.
 */
@NullMarked
package dev.hookferry.schema;

import org.jspecify.annotations.NullMarked;
