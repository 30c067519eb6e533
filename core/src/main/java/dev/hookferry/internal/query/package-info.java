/** Queries that take several reads of the store. Not part of the API. */
@NullMarked
package dev.hookferry.internal.query;

import org.jspecify.annotations.NullMarked;
