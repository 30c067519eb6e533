/**
 * Parts of writing an endpoint: its headers, its names, and how its requests are signed. {@code
 * EndpointWriter} in {@code internal} joins them.
 */
@NullMarked
package dev.hookferry.internal.endpoint;

import org.jspecify.annotations.NullMarked;
