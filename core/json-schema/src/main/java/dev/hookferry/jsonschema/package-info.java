/**
 * JSON Schema 2020-12: compiles schemas, checks data in bounded time, and compares two schemas.
 * {@link dev.hookferry.jsonschema.JsonSchemaCompiler} is the only class for users.
 */
@NullMarked
package dev.hookferry.jsonschema;

import org.jspecify.annotations.NullMarked;
