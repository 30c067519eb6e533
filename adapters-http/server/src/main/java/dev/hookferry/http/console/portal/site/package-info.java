/**
 * The site whose portal a visitor sees, and the cookie of the visitor's session. The operator's
 * page about a site's portal is in {@code console.site}.
 */
@NullMarked
package dev.hookferry.http.console.portal.site;

import org.jspecify.annotations.NullMarked;
