/** Commands about the customer's portal. */
@NullMarked
package dev.hookferry.app.cli.portal;

import org.jspecify.annotations.NullMarked;
