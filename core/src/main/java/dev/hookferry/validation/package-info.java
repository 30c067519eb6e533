/**
 * Checks the data of events against the schemas of their types while they are published. Schemas
 * are compiled once, when they are first needed.
 */
@NullMarked
package dev.hookferry.validation;

import org.jspecify.annotations.NullMarked;
