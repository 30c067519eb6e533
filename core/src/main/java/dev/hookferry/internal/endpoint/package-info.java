/** Parts of writing an endpoint: its headers, and how its requests are signed. */
@NullMarked
package dev.hookferry.internal.endpoint;

import org.jspecify.annotations.NullMarked;
