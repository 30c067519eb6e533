/**
 * Human-readable output: tables, and escaping that makes foreign text harmless on a terminal and in
 * a log. Replies of the API are printed in {@code app.cli.listing}.
 */
@NullMarked
package dev.hookferry.app.text;

import org.jspecify.annotations.NullMarked;
