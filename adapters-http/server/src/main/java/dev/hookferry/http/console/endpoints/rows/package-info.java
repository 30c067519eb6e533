/**
 * Headers and filters of an endpoint, edited as rows of a form. The rest of the form is in {@code
 * console.endpoints}; the syntax of filters is in {@code dev.hookferry.filter}.
 */
@NullMarked
package dev.hookferry.http.console.endpoints.rows;

import org.jspecify.annotations.NullMarked;
