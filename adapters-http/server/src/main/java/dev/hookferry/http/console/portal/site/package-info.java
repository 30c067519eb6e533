/** The site that a visitor of the customer's portal is at, as its settings and cookies tell. */
@NullMarked
package dev.hookferry.http.console.portal.site;

import org.jspecify.annotations.NullMarked;
