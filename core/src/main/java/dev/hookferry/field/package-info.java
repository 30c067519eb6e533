/**
 * Field tables: name, kind, bounds, default and help of every field, described once for parsing,
 * JSON, OpenAPI and help. The table of a resource is in its package, such as {@code EndpointFields}
 * in {@code endpoint}.
 */
@NullMarked
package dev.hookferry.field;

import org.jspecify.annotations.NullMarked;
