/** Pages about endpoints, and the signature check. */
@NullMarked
package dev.hookferry.http.console.endpoints;

import org.jspecify.annotations.NullMarked;
