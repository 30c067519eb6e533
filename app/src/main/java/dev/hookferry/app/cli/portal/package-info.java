/**
 * Commands about the customer's portal: links, sessions and images. Colours and texts of a portal
 * are settings of its site, which are changed in {@code app.cli.client}.
 */
@NullMarked
package dev.hookferry.app.cli.portal;

import org.jspecify.annotations.NullMarked;
