/** What forms of the customer's portal keep and say: problems of their fields, and new secrets. */
@NullMarked
package dev.hookferry.http.console.portal.forms;

import org.jspecify.annotations.NullMarked;
