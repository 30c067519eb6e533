/**
 * The port for JSON Schema: what compiles a schema and checks the data of events. Core brings no
 * implementation; {@code hookferry-json-schema} does. {@code internal.catalog} calls it.
 */
@NullMarked
package dev.hookferry.schema;

import org.jspecify.annotations.NullMarked;
