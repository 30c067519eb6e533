/** Headers and filters of an endpoint, typed into a form in rows. */
@NullMarked
package dev.hookferry.http.console.endpoints.rows;

import org.jspecify.annotations.NullMarked;
