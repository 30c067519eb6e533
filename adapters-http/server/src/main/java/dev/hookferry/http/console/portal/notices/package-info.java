/** Notices about a customer's endpoints that need attention. */
@NullMarked
package dev.hookferry.http.console.portal.notices;

import org.jspecify.annotations.NullMarked;
