/** The path of an API request: admission, routing, access, rates, refusals. */
@NullMarked
package dev.hookferry.http.route;

import org.jspecify.annotations.NullMarked;
