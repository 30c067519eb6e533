/** The calls of the API, one class per resource. */
@NullMarked
package dev.hookferry.http.api;

import org.jspecify.annotations.NullMarked;
