/** The pages of the customer's portal: the console's fragments with fewer columns. */
@NullMarked
package dev.hookferry.http.console.portal;

import org.jspecify.annotations.NullMarked;
