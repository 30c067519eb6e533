/**
 * The JSON calls of the customer's portal, authorized by the token of a portal session. The
 * portal's pages are in {@code console.portal}; operators create links to it through {@code
 * http.api}.
 */
@NullMarked
package dev.hookferry.http.portal;

import org.jspecify.annotations.NullMarked;
