/**
 * The API calls, one class per resource. {@code http.resource} defines the fields of resources,
 * {@code http.route} enforces access and rate limits, and {@code http.portal} has the calls for
 * customers.
 */
@NullMarked
package dev.hookferry.http.api;

import org.jspecify.annotations.NullMarked;
