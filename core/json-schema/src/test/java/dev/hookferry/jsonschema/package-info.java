/** Tests of JSON Schema. */
@NullMarked
package dev.hookferry.jsonschema;

import org.jspecify.annotations.NullMarked;
