/** The JSON calls of the customer's portal, authorized by the token of a portal session. */
@NullMarked
package dev.hookferry.http.portal;

import org.jspecify.annotations.NullMarked;
