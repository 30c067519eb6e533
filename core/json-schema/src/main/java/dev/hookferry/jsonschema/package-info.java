/**
 * JSON Schema 2020-12: compiles schemas, checks data in bounded time, and compares two schemas.
 * {@link dev.hookferry.jsonschema.JsonSchemaCompiler} is the only class for users; the port that it
 * implements is in {@code dev.hookferry.schema}.
 */
@NullMarked
package dev.hookferry.jsonschema;

import org.jspecify.annotations.NullMarked;
