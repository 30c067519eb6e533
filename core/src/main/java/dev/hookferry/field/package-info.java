/**
 * Field tables: name, kind, bounds, default and help of every field, described once for parsing,
 * JSON, OpenAPI and help.
 */
@NullMarked
package dev.hookferry.field;

import org.jspecify.annotations.NullMarked;
