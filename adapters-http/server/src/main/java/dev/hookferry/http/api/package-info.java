/**
 * The calls of the API, one class per resource. The fields of resources are in {@code
 * http.resource}, access and rate limits in {@code http.route}, and the customers' calls in {@code
 * http.portal}.
 */
@NullMarked
package dev.hookferry.http.api;

import org.jspecify.annotations.NullMarked;
