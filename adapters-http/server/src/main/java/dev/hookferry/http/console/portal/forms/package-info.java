/**
 * Forms of the customer's portal: the input, the errors in it in the visitor's language, and new
 * secrets, which are kept for an hour. The pages with the forms are in {@code console.portal}.
 */
@NullMarked
package dev.hookferry.http.console.portal.forms;

import org.jspecify.annotations.NullMarked;
