/** How fast an endpoint is sent to: rates and limits as values, without their enforcement. */
@NullMarked
package dev.hookferry.limit;

import org.jspecify.annotations.NullMarked;
